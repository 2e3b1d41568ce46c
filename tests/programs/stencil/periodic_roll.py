"""Periodic patterns by np.roll and by explicit edges give the same bits."""
import numpy as np


def laplacian_roll(a):
    return np.roll(a, 1, axis=0) + np.roll(a, -1, axis=0) + np.roll(a, 1, axis=1) + np.roll(a, -1, axis=1) - 4 * a


def laplacian_pad(a):
    p = np.zeros((a.shape[0] + 2, a.shape[1] + 2))
    p[1:-1, 1:-1] = a
    p[0, 1:-1] = a[-1]
    p[-1, 1:-1] = a[0]
    p[1:-1, 0] = a[:, -1]
    p[1:-1, -1] = a[:, 0]
    return p[:-2, 1:-1] + p[2:, 1:-1] + p[1:-1, :-2] + p[1:-1, 2:] - 4 * a


u = np.ones((13, 22))
v = np.zeros((13, 22))
u[4:8, 6:13] = 0.5
v[4:8, 6:13] = 0.25
v[5, 7] = 0.6
u2, v2 = u.copy(), v.copy()
for step in range(40):
    uvv = u * v * v
    u, v = u + 0.16 * laplacian_roll(u) - uvv + 0.035 * (1 - u), v + 0.08 * laplacian_roll(v) + uvv - 0.1 * v
    uvv = u2 * v2**2
    du = 0.16 * laplacian_pad(u2) - u2 * v2 * v2 + 0.035 * (1 - u2)
    dv = 0.08 * laplacian_pad(v2) + u2 * v2 * v2 - 0.1 * v2
    u2 += du
    v2 += dv
print(f"{u.sum():.9f} {v.sum():.9f}", np.abs(u - u2).max() < 1e-12, np.abs(v - v2).max() < 1e-12, f"{np.abs(uvv).max():.9f}")
print(u[5, ::4].round(9), v[:, 9].round(9))

rule = 30
cells = np.zeros(31, dtype=int)
cells[15] = 1
for g in range(12):
    line = ""
    for c in cells:
        line += "#" if c == 1 else "."
    print(line)
    code = 4 * np.roll(cells, 1) + 2 * cells + np.roll(cells, -1)
    cells = (rule >> code) & 1
print(cells.sum())
