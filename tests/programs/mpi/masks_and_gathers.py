"""Boolean masks, gathers and scatters whose indices cross blocks."""
import numpy as np

a = np.arange(37) * 11 % 37
mask = a % 3 == 0
print(a[mask], mask.sum(), a[~mask][::4])
a[mask] = -1
print(a)
a[a > 20] -= 50
print(a)
a[(a < 0) & (np.arange(37) > 18)] = np.arange(((a < 0) & (np.arange(37) > 18)).sum())
print(a)
idx = np.arange(37) * 5 % 37
print(a[idx], a[idx][idx[::-1]])
b = np.zeros(37, dtype=int)
b[idx] = a
print(b, (b[idx] == a).all())
b[[0, 9, 18, 27, 36]] = [1, 2, 3, 4, 5]
b[idx[:6]] += 1000
print(b)
m = (np.arange(120) * 7 % 121).reshape(12, 10)
high = m > 80
print(m[high], high.sum(axis=0), high.any(axis=1))
rows = np.array([11, 0, 5, 5, 2])
print(m[rows], m[:, [9, 0]][::3], m[rows, [0, 3, 9, 2, 5]], m[rows][:, ::4])
m[high] = 0
m[m.sum(axis=1) % 2 == 0] += 1
m[:, m[0] > 40] *= 2
print(m)
m[rows[:3]] = -rows[:3, None]
print(m[:6])
w = np.where(m > 30, m, -m[::-1])
print(w[3], w.sum(), np.where(w[:, 4] < 0)[0], np.nonzero(w[8] > 9)[0], np.argwhere(w == w.max())[0])
x = np.where(np.arange(25) % 2 == 0, np.arange(25) * 1.5, np.arange(25)[::-1])
print(x, np.count_nonzero(x > 10), np.clip(x, 5, 20)[::3], x[x.argsort()][:5], np.sort(x)[-5:])
none = x[x > 1e9]
print(none.shape, none.sum(), x[np.array([], dtype=int)].shape)
