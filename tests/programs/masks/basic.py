"""Boolean masks read and write."""
import numpy as np

a = np.array([5, -3, 8, 0, -7, 2])
m = a > 0
print(m, a[m], a[~m], a[a % 2 == 0], a[(a > -5) & (a < 5)], a[(a < -5) | (a > 5)], a[m].sum(), a[a > 100], a[a > 100].shape)
a[a < 0] = 0
print(a)
a[m] += 10
a[a == 0] = -1
print(a, np.count_nonzero(m), m.sum(), (~m).sum(), m.mean())
a[m] = np.arange(m.sum()) * 100
print(a)
g = np.arange(20).reshape(4, 5)
print(g[g % 3 == 1], g[g[:, 0] > 4], g[:, g[0] > 2], g[np.array([True, False, True, False])], g[1:3][:, g[1] % 2 == 0], g[2, g[0] > 1])
g[g > 14] = -g[g > 14]
g[g[:, 1] == 6] = 0
g[:, g[0] == 3] = [[7], [8], [9], [6]]
print(g)
g[::2][g[::2] == 0] = 55
g[1:, 2:][g[1:, 2:] < 0] *= -1
print(g)
f = np.linspace(-1, 1, 6)
f[f < 0] **= 2
f[np.isclose(f, 0.2)] = np.nan
print(f, f[~np.isnan(f)], np.isnan(f).any(), f[f == f].mean().round(9))
e = np.zeros(4)
e[np.array([False] * 4)] = 7
e[e == 0] = e[e == 0] + 1
print(e, e[np.ones(4, dtype=bool)] is e)
h = a.copy()
h[h > 5], h[h <= 5] = 1, 0
print(h)
