"""Random arrays, drawn in several shapes, then smoothed: each rank makes its part of one stream."""
import numpy as np

rng = np.random.default_rng(2024)
a = rng.random((13, 10))
b = rng.random(7)
c = rng.random((5, 6, 3))
print(a[0], a[12, 9], b, c[4, 5], repr(float(a.sum())))
for it in range(5):
    a[1:-1, 1:-1] = 0.25 * (a[2:, 1:-1] + a[:-2, 1:-1] + a[1:-1, 2:] + a[1:-1, :-2])
print(repr(float(a.sum())), a[6], rng.random(), rng.random(3))
n = rng.integers(0, 100, size=30)
print(n, (n[1:] > n[:-1]).sum(), rng.integers(6), rng.integers(1, 7, size=(4, 5)))
big = rng.random(1001)
print(repr(float(big.sum())), repr(float(big[500:].mean())), (big < 0.5).sum(), big.argmax(), big[-1])
u = rng.uniform(-1, 1, size=(9, 9))
u[u < 0] = 0
print(repr(float(u.sum())), (u > 0).sum(axis=1), rng.uniform(2, 3))
np.random.seed(7)
d = np.random.rand(6, 4)
e = np.random.random(11)
print(d[5], e[::3], np.random.rand(), np.random.randint(0, 50, 8))
walk = np.where(rng.random((4, 25)) < 0.5, -1, 1).cumsum(axis=1)
print(walk, walk.max(axis=1), (walk == 0).sum())
pts = rng.random((1000, 2))
inside = pts[:, 0] ** 2 + pts[:, 1] ** 2 < 1
print(inside.sum(), 4 * inside.mean(), pts[~inside][:2])
p = rng.permutation(12)
print(np.sort(p), rng.random(2))
