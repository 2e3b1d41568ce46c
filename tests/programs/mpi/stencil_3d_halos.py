"""Stencils that reach into all 26 neighbour blocks, and two cells deep."""
import numpy as np

nz, ny, nx = 9, 8, 10
u = (np.arange(nz * ny * nx) * 7919 % 103 / 103.0).reshape(nz, ny, nx)
for it in range(4):
    v = u.copy()
    v[1:-1, 1:-1, 1:-1] = (u[:-2, :-2, :-2] + u[2:, 2:, 2:] + u[:-2, 2:, 1:-1] + u[2:, :-2, 1:-1]
                           + u[1:-1, :-2, 2:] + u[1:-1, 2:, :-2] + u[:-2, 1:-1, 2:] + u[2:, 1:-1, :-2]) / 8
    u = v
print(repr(float(u.sum())), u[4, 3], u[:, 5, 6])
w = np.zeros_like(u)
for it in range(3):
    w[2:-2, 2:-2, 2:-2] = (u[4:, 2:-2, 2:-2] - u[:-4, 2:-2, 2:-2] + 2 * (u[2:-2, 4:, 2:-2] - u[2:-2, :-4, 2:-2])
                           - 4 * (u[2:-2, 2:-2, 4:] - u[2:-2, 2:-2, :-4])) / 4
    u -= w / 8
    u[0], u[-1] = u[1], u[-2]
    u[:, 0] = u[:, 2]
    u[:, :, -1] = -u[:, :, 1]
print(repr(float(u.sum())), repr(float(w.sum())), u[8, 7], w[3, 4])
curl = (u[1:, 1:, :-1] - u[1:, :-1, :-1]) - (u[1:, :-1, 1:] - u[:-1, :-1, 1:])
print(curl.shape, repr(float(curl.sum())), repr(float(np.abs(curl).max())), curl[0, 0], np.argmax(curl))
flux_z = 0.5 * (u[1:] + u[:-1])
flux_x = 0.5 * (u[:, :, 1:] + u[:, :, :-1])
div = (flux_z[1:] - flux_z[:-1])[:, :, 1:-1] + (flux_x[:, :, 1:] - flux_x[:, :, :-1])[1:-1]
print(div.shape, repr(float(div.sum())), div[3, 3])
total = np.zeros((nz, ny, nx))
for dz in (-1, 0, 1):
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if (dz, dy, dx) != (0, 0, 0):
                total[1:-1, 1:-1, 1:-1] += u[1 + dz:nz - 1 + dz, 1 + dy:ny - 1 + dy, 1 + dx:nx - 1 + dx] * (dz + 2 * dy + 4 * dx)
print(repr(float(total.sum())), total[5, 4], total[:, 1, 8])
