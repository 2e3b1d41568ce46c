"""A 27-point and a 7-point stencil on a box; the sides differ in length."""
import numpy as np

nz, ny, nx = 7, 9, 12
u = ((np.arange(nz * ny * nx) * 7919) % 101 / 101.0).reshape(nz, ny, nx)
w = np.array([0.5, 1.0, 0.25])
for it in range(4):
    new = u.copy()
    acc = np.zeros((nz - 2, ny - 2, nx - 2))
    for dz in range(3):
        for dy in range(3):
            for dx in range(3):
                acc += w[dz] * w[dy] * w[(dx + it) % 3] * u[dz:nz - 2 + dz, dy:ny - 2 + dy, dx:nx - 2 + dx]
    new[1:-1, 1:-1, 1:-1] = acc / w.sum() ** 3
    u = new
print(repr(float(u.sum())), repr(float(u[3, 4, 5])), repr(float(u[1:-1, 1:-1, 1:-1].sum())), repr(float((u * u).sum())))
v = u.copy()
for it in range(6):
    v[1:-1, 1:-1, 1:-1] += 0.1 * (v[2:, 1:-1, 1:-1] + v[:-2, 1:-1, 1:-1] + v[1:-1, 2:, 1:-1] + v[1:-1, :-2, 1:-1]
                                  + v[1:-1, 1:-1, 2:] + v[1:-1, 1:-1, :-2] - 6 * v[1:-1, 1:-1, 1:-1])
    v[0] = v[-2]
    v[-1] = v[1]
    v[:, 0] = v[:, 1]
    v[:, :, -1] = 2 * v[:, :, -2] - v[:, :, -3]
print(repr(float(v.sum())), v[3, 4], v.max(axis=(0, 2)))
g = np.sqrt((v[1:, :-1, :-1] - v[:-1, :-1, :-1]) ** 2 + (v[:-1, 1:, :-1] - v[:-1, :-1, :-1]) ** 2 + (v[:-1, :-1, 1:] - v[:-1, :-1, :-1]) ** 2)
print(g.shape, repr(float(g.sum())), repr(float(g.max())), g.argmax())
f = v.astype(np.float32)
for it in range(3):
    f[1:-1] = (f[:-2] + 2 * f[1:-1] + f[2:]) * np.float32(0.25)
print(f.dtype, repr(f.sum()), f[3, 4, 5:9])
