"""Jacobi sweeps; a data-dependent end."""
import numpy as np


def sweep(u, f, h):
    new = u.copy()
    new[1:-1] = 0.5 * (u[2:] + u[:-2] + h * h * f[1:-1])
    return new


n = 33
x = np.linspace(0, 1, n)
u = np.zeros(n)
u[-1] = 2.0
f = x * (1 - x) * 10
h = x[1] - x[0]
diff = 1
k = 0
while diff > 1e-5:
    new = sweep(u, f, h)
    diff = np.abs(new - u).max()
    u = new
    k += 1
print(k, repr(float(diff)), repr(float(u.sum())), [float(v) for v in u[::8]])

ny, nx = 14, 19
p = np.zeros((ny, nx))
p[:, -1] = np.linspace(0, 1, ny)
p[0] = 0.25
src = np.zeros((ny, nx))
src[4, 7] = 100
src[9, 13] = -70
dx, dy = 2 / (nx - 1), 1 / (ny - 1)
l1norm = 1.0
its = 0
while l1norm > 1e-3 and its < 400:
    pn = p.copy()
    p[1:-1, 1:-1] = (dy**2 * (pn[1:-1, 2:] + pn[1:-1, :-2]) + dx**2 * (pn[2:, 1:-1] + pn[:-2, 1:-1])
                     - src[1:-1, 1:-1] * dx**2 * dy**2) / (2 * (dx**2 + dy**2))
    p[:, 0] = 0
    p[0, :] = p[1, :]
    p[-1, :] = p[-2, :]
    l1norm = np.sum(np.abs(np.abs(p) - np.abs(pn))) / np.sum(np.abs(pn))
    its += 1
print(its, repr(float(l1norm)), repr(float(p.sum())), repr(float(p[5, 7])), repr(float(p[1:-1, 1:-1].min())))
print(p[::5, ::6])
