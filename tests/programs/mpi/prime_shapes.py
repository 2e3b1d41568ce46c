"""Shapes that no grid of ranks divides: primes, long and thin, one row, one column."""
import numpy as np

for shape in ((1, 23), (23, 1), (2, 31), (31, 2), (3, 3), (5, 7), (13, 17), (1, 1), (4, 1)):
    n, m = shape
    u = (np.arange(n * m) * 7 % 23 + 0.5).reshape(shape)
    v = u.copy()
    for it in range(3):
        w = v.copy()
        v[1:-1] += 0.25 * (w[2:] - 2 * w[1:-1] + w[:-2])
        v[:, 1:-1] += 0.25 * (w[:, 2:] - 2 * w[:, 1:-1] + w[:, :-2])
    print(shape, repr(float(v.sum())), v[n // 2, ::5], v[::5, m // 2], (v.T + u.T).shape, v.max())
    v[0] = v[-1]
    v[:, -1] += v[:, 0]
    print("  ", repr(float(v.sum())), v.sum(axis=0)[:3], v.sum(axis=1)[:3], v[::-1, ::-1][0, :3], v.argmin())
for shape in ((2, 3, 5), (1, 9, 1), (7, 1, 3), (3, 2, 11)):
    size = shape[0] * shape[1] * shape[2]
    u = (np.arange(size) * 5 % 11 + 0.25).reshape(shape)
    s = u + u[::-1] - u[:, ::-1] * u[:, :, ::-1]
    print(shape, repr(float(s.sum())), s[0, 0], s[-1, :, -1], s.sum(axis=(0, 2)), s.transpose(2, 0, 1)[0])
