"""Channel flow driven by a constant force.

The incompressible Navier-Stokes equations in two dimensions, by finite
differences: periodic in x, no-slip walls at the bottom and the top.  Stops when
the total of u changes by less than a thousandth from one step to the next.

usage: channel_flow.py [nx ny [max_steps]] [--no-plot]
"""
import sys

import numpy as np


def build_up_b(rho, dt, dx, dy, u, v):
    """The source term of the pressure equation."""
    b = np.zeros_like(u)

    # the interior
    ux = (u[1:-1, 2:] - u[1:-1, :-2]) / (2 * dx)
    uy = (u[2:, 1:-1] - u[:-2, 1:-1]) / (2 * dy)
    vx = (v[1:-1, 2:] - v[1:-1, :-2]) / (2 * dx)
    vy = (v[2:, 1:-1] - v[:-2, 1:-1]) / (2 * dy)
    b[1:-1, 1:-1] = rho * ((ux + vy) / dt - ux**2 - 2 * uy * vx - vy**2)

    # the last column, whose right neighbour is the first
    ux = (u[1:-1, 0] - u[1:-1, -2]) / (2 * dx)
    uy = (u[2:, -1] - u[:-2, -1]) / (2 * dy)
    vx = (v[1:-1, 0] - v[1:-1, -2]) / (2 * dx)
    vy = (v[2:, -1] - v[:-2, -1]) / (2 * dy)
    b[1:-1, -1] = rho * ((ux + vy) / dt - ux**2 - 2 * uy * vx - vy**2)

    # the first column, whose left neighbour is the last
    ux = (u[1:-1, 1] - u[1:-1, -1]) / (2 * dx)
    uy = (u[2:, 0] - u[:-2, 0]) / (2 * dy)
    vx = (v[1:-1, 1] - v[1:-1, -1]) / (2 * dx)
    vy = (v[2:, 0] - v[:-2, 0]) / (2 * dy)
    b[1:-1, 0] = rho * ((ux + vy) / dt - ux**2 - 2 * uy * vx - vy**2)

    return b


def pressure_poisson_periodic(p, b, dx, dy, n_sweeps=50):
    """Relaxes the pressure in place; dp/dy is zero at both walls."""
    scale = 2 * (dx**2 + dy**2)
    for sweep in range(n_sweeps):
        pn = p.copy()
        p[1:-1, 1:-1] = (((pn[1:-1, 2:] + pn[1:-1, :-2]) * dy**2
                          + (pn[2:, 1:-1] + pn[:-2, 1:-1]) * dx**2) / scale
                         - dx**2 * dy**2 / scale * b[1:-1, 1:-1])

        p[1:-1, -1] = (((pn[1:-1, 0] + pn[1:-1, -2]) * dy**2
                        + (pn[2:, -1] + pn[:-2, -1]) * dx**2) / scale
                       - dx**2 * dy**2 / scale * b[1:-1, -1])

        p[1:-1, 0] = (((pn[1:-1, 1] + pn[1:-1, -1]) * dy**2
                       + (pn[2:, 0] + pn[:-2, 0]) * dx**2) / scale
                      - dx**2 * dy**2 / scale * b[1:-1, 0])

        p[-1, :] = p[-2, :]
        p[0, :] = p[1, :]

    return p


args = []
plot = True
for arg in sys.argv[1:]:
    if arg == "--no-plot":
        plot = False
    else:
        args.append(int(arg))

nx = args[0] if len(args) > 0 else 41
ny = args[1] if len(args) > 1 else 41
max_steps = args[2] if len(args) > 2 else 100000

dx = 2 / (nx - 1)
dy = 2 / (ny - 1)
x = np.linspace(0, 2, nx)
y = np.linspace(0, 2, ny)
X, Y = np.meshgrid(x, y)

rho = 1
nu = .1
F = 1
dt = .01

u = np.zeros((ny, nx))
v = np.zeros((ny, nx))
p = np.ones((ny, nx))
b = np.zeros((ny, nx))

udiff = 1
stepcount = 0

while udiff > .001 and stepcount < max_steps:
    un = u.copy()
    vn = v.copy()

    b = build_up_b(rho, dt, dx, dy, u, v)
    p = pressure_poisson_periodic(p, b, dx, dy)

    u[1:-1, 1:-1] = (un[1:-1, 1:-1]
                     - un[1:-1, 1:-1] * dt / dx * (un[1:-1, 1:-1] - un[1:-1, :-2])
                     - vn[1:-1, 1:-1] * dt / dy * (un[1:-1, 1:-1] - un[:-2, 1:-1])
                     - dt / (2 * rho * dx) * (p[1:-1, 2:] - p[1:-1, :-2])
                     + nu * (dt / dx**2
                             * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, :-2])
                             + dt / dy**2
                             * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[:-2, 1:-1]))
                     + F * dt)

    v[1:-1, 1:-1] = (vn[1:-1, 1:-1]
                     - un[1:-1, 1:-1] * dt / dx * (vn[1:-1, 1:-1] - vn[1:-1, :-2])
                     - vn[1:-1, 1:-1] * dt / dy * (vn[1:-1, 1:-1] - vn[:-2, 1:-1])
                     - dt / (2 * rho * dy) * (p[2:, 1:-1] - p[:-2, 1:-1])
                     + nu * (dt / dx**2
                             * (vn[1:-1, 2:] - 2 * vn[1:-1, 1:-1] + vn[1:-1, :-2])
                             + dt / dy**2
                             * (vn[2:, 1:-1] - 2 * vn[1:-1, 1:-1] + vn[:-2, 1:-1])))

    # the last column
    u[1:-1, -1] = (un[1:-1, -1]
                   - un[1:-1, -1] * dt / dx * (un[1:-1, -1] - un[1:-1, -2])
                   - vn[1:-1, -1] * dt / dy * (un[1:-1, -1] - un[:-2, -1])
                   - dt / (2 * rho * dx) * (p[1:-1, 0] - p[1:-1, -2])
                   + nu * (dt / dx**2
                           * (un[1:-1, 0] - 2 * un[1:-1, -1] + un[1:-1, -2])
                           + dt / dy**2
                           * (un[2:, -1] - 2 * un[1:-1, -1] + un[:-2, -1]))
                   + F * dt)
    v[1:-1, -1] = (vn[1:-1, -1]
                   - un[1:-1, -1] * dt / dx * (vn[1:-1, -1] - vn[1:-1, -2])
                   - vn[1:-1, -1] * dt / dy * (vn[1:-1, -1] - vn[:-2, -1])
                   - dt / (2 * rho * dy) * (p[2:, -1] - p[:-2, -1])
                   + nu * (dt / dx**2
                           * (vn[1:-1, 0] - 2 * vn[1:-1, -1] + vn[1:-1, -2])
                           + dt / dy**2
                           * (vn[2:, -1] - 2 * vn[1:-1, -1] + vn[:-2, -1])))

    # the first column
    u[1:-1, 0] = (un[1:-1, 0]
                  - un[1:-1, 0] * dt / dx * (un[1:-1, 0] - un[1:-1, -1])
                  - vn[1:-1, 0] * dt / dy * (un[1:-1, 0] - un[:-2, 0])
                  - dt / (2 * rho * dx) * (p[1:-1, 1] - p[1:-1, -1])
                  + nu * (dt / dx**2
                          * (un[1:-1, 1] - 2 * un[1:-1, 0] + un[1:-1, -1])
                          + dt / dy**2
                          * (un[2:, 0] - 2 * un[1:-1, 0] + un[:-2, 0]))
                  + F * dt)
    v[1:-1, 0] = (vn[1:-1, 0]
                  - un[1:-1, 0] * dt / dx * (vn[1:-1, 0] - vn[1:-1, -1])
                  - vn[1:-1, 0] * dt / dy * (vn[1:-1, 0] - vn[:-2, 0])
                  - dt / (2 * rho * dy) * (p[2:, 0] - p[:-2, 0])
                  + nu * (dt / dx**2
                          * (vn[1:-1, 1] - 2 * vn[1:-1, 0] + vn[1:-1, -1])
                          + dt / dy**2
                          * (vn[2:, 0] - 2 * vn[1:-1, 0] + vn[:-2, 0])))

    # the walls
    u[0, :] = 0
    u[-1, :] = 0
    v[0, :] = 0
    v[-1, :] = 0

    udiff = (np.sum(u) - np.sum(un)) / np.sum(u)
    stepcount += 1

print(f"{nx} x {ny}: stopped after {stepcount} steps, udiff = {udiff:.6e}")
print(f"sum(u) = {np.sum(u):.12e}")
print(f"max(u) = {u.max():.12e}")
print(f"max|v| = {np.abs(v).max():.6e}")
print(f"mean(p) = {p.mean():.12e}")
print("profile of u in the middle of the channel:")
profile = u[:, nx // 2]
for j in range(0, ny, max(1, ny // 8)):
    print(f"  y = {y[j]:.3f}  u = {profile[j]:.9f}")

if plot:
    import matplotlib.pyplot as plt

    fig = plt.figure(figsize=(11, 7), dpi=100)
    plt.quiver(X[::3, ::3], Y[::3, ::3], u[::3, ::3], v[::3, ::3])
    plt.xlabel("x")
    plt.ylabel("y")
    plt.savefig("channel_flow.png")
    print("wrote channel_flow.png")
