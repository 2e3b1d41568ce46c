# Slice bounds and extents that are a Python int or a NumPy integer.
import numpy as np
a = np.arange(10); i = np.argmax(a > 4)
lo = max(0, i - 2); hi = min(len(a), i + 3)
print(a[lo:hi])
pos = 0
for s in np.array([4, 0, 7]):
    end = min(pos + s, 10)
    print(np.arange(10)[pos:end])
    pos = end
k = 0
for v in a[:3]: k += v
print(a[:k], a[-k:], a[::k], np.zeros(k), np.zeros((k, 2)).shape, np.empty(k).shape, np.ones((2, k)).shape)
b = a.copy(); b[k:] += 1; b[:k] = 1; print(b)
m = max(a[0], 2)
print([1, 2, 3, 4][:m], "abcdef"[m:], (1, 2, 3)[m - 1])
rng = np.random.default_rng(1)
n = 0; n += rng.integers(1, 4); print(np.zeros(n).shape)
w = i if i < 3 else 5
print(a[:w])
nz = np.nonzero(a > 6)[0]
first = nz[0] if len(nz) else len(a)
print(a[:first])
counts = np.array([1, 2, 3]); print(a[:sum(counts)])
st = [0]
for v in counts: st.append(st[-1] + v)
for q in range(3): print(a[st[q]:st[q + 1]])
def smooth(x, k):
    return [float(x[max(0, j - k):min(len(x), j + k + 1)].mean()) for j in range(len(x))]
for k in np.arange(1, 3): print(smooth(a[:5], k))
stop = None if a[0] == 0 else 5
print(a[:stop], [1, 2, 3][:stop])
print(int("".join(map(str, [1, 0])), 2), int("".join(np.array([1, 1]).astype(str)), 2))
x = 3 if a[1] else 2.5
print(np.sqrt(x), float(x) * 2, np.full(2, x), np.array([x, 1]))
