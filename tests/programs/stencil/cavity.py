"""Flow in a box under a moving lid: pressure and velocity both matter."""
import numpy as np


def ddx(f, dx):
    return (f[1:-1, 2:] - f[1:-1, :-2]) / (2 * dx)


def ddy(f, dy):
    return (f[2:, 1:-1] - f[:-2, 1:-1]) / (2 * dy)


def source(u, v, rho, dt, dx, dy):
    b = np.zeros_like(u)
    ux, uy, vx, vy = ddx(u, dx), ddy(u, dy), ddx(v, dx), ddy(v, dy)
    b[1:-1, 1:-1] = rho * ((ux + vy) / dt - ux**2 - 2 * uy * vx - vy**2)
    return b


def relax(p, b, dx, dy, n_sweeps=20):
    wx, wy = dy**2, dx**2
    total = 2 * (wx + wy)
    for _ in range(n_sweeps):
        old = p.copy()
        p[1:-1, 1:-1] = (wx * (old[1:-1, 2:] + old[1:-1, :-2]) + wy * (old[2:, 1:-1] + old[:-2, 1:-1]) - wx * wy * b[1:-1, 1:-1]) / total
        p[:, -1] = p[:, -2]
        p[0, :] = p[1, :]
        p[:, 0] = p[:, 1]
        p[-1, :] = 0


def advance(q, u, v, gradient, dt, dx, dy, nu):
    """The interior of u or v one step later."""
    mid = q[1:-1, 1:-1]
    advection = u[1:-1, 1:-1] * (mid - q[1:-1, :-2]) / dx + v[1:-1, 1:-1] * (mid - q[:-2, 1:-1]) / dy
    diffusion = (q[1:-1, 2:] - 2 * mid + q[1:-1, :-2]) / dx**2 + (q[2:, 1:-1] - 2 * mid + q[:-2, 1:-1]) / dy**2
    return mid + dt * (nu * diffusion - advection - gradient)


nx, ny = 17, 13
dx, dy = 2 / (nx - 1), 2 / (ny - 1)
rho, nu, dt = 1, 0.1, 0.002
u = np.zeros((ny, nx))
v = np.zeros((ny, nx))
p = np.zeros((ny, nx))
for n in range(40):
    relax(p, source(u, v, rho, dt, dx, dy), dx, dy)
    un = u.copy()
    u[1:-1, 1:-1] = advance(un, un, v, ddx(p, dx) / rho, dt, dx, dy, nu)
    v[1:-1, 1:-1] = advance(v, un, v, ddy(p, dy) / rho, dt, dx, dy, nu)
    u[0, :] = u[:, 0] = u[:, -1] = 0
    u[-1, :] = 1
    v[0, :] = v[-1, :] = v[:, 0] = v[:, -1] = 0
print(repr(float(u.sum())), repr(float(v.sum())), repr(float(p.sum())), repr(float((v * v).sum())))
print(u[ny // 2, ::4], v[ny // 2, 1:5], p[-2, 1:4])
print([float(x) for x in p[:, nx // 3]])
