# rtol=1e-11
"""Products of matrices that are larger than a cache line or a tile."""
import numpy as np

n, m, k = 67, 45, 83
a = ((np.arange(n * m) * 7919) % 1009 / 1009.0).reshape(n, m)
b = ((np.arange(m * k) * 104729) % 2003 / 2003.0).reshape(m, k)
c = a @ b
print(c.shape, c.sum(), c[0, 0], c[-1, -1], c[33, 41], np.abs(c - (b.T @ a.T).T).max() < 1e-12)
naive = np.zeros((n, k))
for j in range(m):
    naive += a[:, j:j + 1] * b[j]
print(np.abs(c - naive).max() < 1e-12)
v = np.linspace(-1, 1, m)
print((a @ v)[:4], (v @ b)[-3:], (a @ v) @ (a @ v), np.linalg.norm(c))
s = a[::2, 1::3] @ b[1::3, ::-5]
print(s.shape, s.sum(), s[3, 2], (a[:20, :20] @ a[20:40, 5:25].T).trace())
i = (np.arange(n * m) % 17).reshape(n, m)
print((i @ i.T).sum(), (i.T @ i)[3, 4], (i.T @ i).trace())
f = a.astype(np.float32) @ b.astype(np.float32)
print(f.dtype, np.abs(f - c).max() < 1e-4)
q = a[:m] @ b[:, :m]
for _ in range(3):
    q = q @ q.T / np.abs(q).max() ** 2
print(q.shape, q.max(), q.trace())
