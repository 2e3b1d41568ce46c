"""Waves in a closed basin: the shallow-water equations by Lax-Friedrichs steps.

usage: shallow_water.py [nx [ny [n_steps]]]
"""
import sys

import numpy as np

GRAVITY = 9.81


def fluxes(h, hu, hv):
    """What flows in x and in y, for mass and both momenta."""
    u = hu / h
    v = hv / h
    pressure = 0.5 * GRAVITY * h**2
    return (hu, hu * u + pressure, hu * v), (hv, hv * u, hv * v + pressure)


def lax(q, f, g, dt, dx, dy):
    """One conserved quantity, one step later, on the interior."""
    mean = 0.25 * (q[2:, 1:-1] + q[:-2, 1:-1] + q[1:-1, 2:] + q[1:-1, :-2])
    return (mean - dt / (2 * dx) * (f[2:, 1:-1] - f[:-2, 1:-1])
            - dt / (2 * dy) * (g[1:-1, 2:] - g[1:-1, :-2]))


def reflect(q, sign_x, sign_y):
    """Walls: the ghost cells mirror the cells beside them."""
    q[0, :] = sign_x * q[1, :]
    q[-1, :] = sign_x * q[-2, :]
    q[:, 0] = sign_y * q[:, 1]
    q[:, -1] = sign_y * q[:, -2]


nx = int(sys.argv[1]) if len(sys.argv) > 1 else 160
ny = int(sys.argv[2]) if len(sys.argv) > 2 else 120
n_steps = int(sys.argv[3]) if len(sys.argv) > 3 else 400

dx = 1 / nx
dy = 1 / ny
x = (np.arange(nx + 2) - 0.5) * dx
y = (np.arange(ny + 2) - 0.5) * dy
bump = np.maximum(0, 1 - 16 * ((x[:, None] - 0.35) ** 2 + (y - 0.6) ** 2))
h = 1 + 0.4 * bump**2
hu = np.zeros_like(h)
hv = np.zeros_like(h)
reflect(h, 1, 1)

volume = h[1:-1, 1:-1].sum() * dx * dy
time = 0.0
highest = 0.0
for n in range(n_steps):
    speed = np.sqrt(GRAVITY * h) + np.maximum(np.abs(hu), np.abs(hv)) / h
    dt = 0.45 * min(dx, dy) / speed.max()
    (f_h, f_u, f_v), (g_h, g_u, g_v) = fluxes(h, hu, hv)
    new_h = lax(h, f_h, g_h, dt, dx, dy)
    new_u = lax(hu, f_u, g_u, dt, dx, dy)
    new_v = lax(hv, f_v, g_v, dt, dx, dy)
    h[1:-1, 1:-1] = new_h
    hu[1:-1, 1:-1] = new_u
    hv[1:-1, 1:-1] = new_v
    reflect(h, 1, 1)
    reflect(hu, -1, 1)
    reflect(hv, 1, -1)
    time += dt
    highest = max(highest, h[1, 1:-1].max())

inner = h[1:-1, 1:-1]
energy = 0.5 * (GRAVITY * inner**2
                + (hu[1:-1, 1:-1] ** 2 + hv[1:-1, 1:-1] ** 2) / inner)
print(f"{nx} x {ny} cells, {n_steps} steps, t = {time:.9f}")
print(f"volume  {inner.sum() * dx * dy:.9f} (at first {volume:.9f})")
print(f"energy  {energy.sum() * dx * dy:.9f}")
print(f"height  {inner.min():.9f} to {inner.max():.9f}")
print(f"highest at the left wall {highest:.9f}")
print(f"centre  {h[nx // 2, ny // 2]:.9f}")
