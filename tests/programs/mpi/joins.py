"""Concatenated, stacked and split pieces of blocked arrays, used in what follows."""
import numpy as np

a = np.arange(19) * 3 % 20
b = np.arange(6) - 3
c = np.concatenate([a[5:], b, a[:5]])
print(c, c[::-1][:7], (c[1:] - c[:-1]).sum())
c[10:20] = np.concatenate((b[::-1], a[15:]))
print(c)
m = (np.arange(35) * 4 % 37).reshape(7, 5)
v = np.vstack([m, m[::-1] * 10, m[2:3]])
print(v.shape, v[:, 2], v[5:9], v.sum(axis=0))
h = np.hstack([m[:, 3:], m, m[:, :1]])
print(h.shape, h[4], h[:, 5:].sum(axis=1))
s = np.stack([m, -m])
print(s.shape, s[1, 6], s.sum(axis=0).any(), s[:, 3, 3])
s2 = np.stack([a, a[::-1]], axis=1)
print(s2.shape, s2[8:11], s2[:, 0] - s2[:, 1])
grid = np.concatenate([np.concatenate([m[:3], m[:3]], axis=1), np.concatenate([m[3:6], m[1:4]], axis=1)])
lap = grid[1:-1, 1:-1] * 4 - grid[:-2, 1:-1] - grid[2:, 1:-1] - grid[1:-1, :-2] - grid[1:-1, 2:]
print(grid.shape, lap)
padded = np.zeros((9, 7), dtype=int)
padded[1:-1, 1:-1] = m
print(padded[0], padded[:, 3], (padded[:-2, 1:-1] + padded[2:, 1:-1])[3])
first, second, third = np.split(np.arange(21) * 2, 3)
print(first + second - third, np.split(m, 7)[4])
parts = [np.arange(k) + 10 * k for k in range(6)]
print(np.concatenate(parts), np.concatenate(parts[::-1])[:8], len(parts))
out = np.empty(0)
for k in range(4):
    out = np.append(out, a[k * 4:k * 4 + 3] / 2)
print(out, np.tile(b, 3)[4:13], np.repeat(b, 3)[5:10], np.column_stack((b, b ** 2))[::2])
x, y = np.meshgrid(np.arange(6) * 0.5, np.arange(4) + 1.0)
z = x * y + y ** 2
print(z, x[2], y[:, 4], z[1:, :-1] - z[:-1, 1:])
