# rtol=1e-10
"""One advection problem, many schemes: upwind, leapfrog, Lax-Friedrichs, Lax-Wendroff, limiters."""
import numpy as np


def init(x):
    u = np.where((x > 0.1) & (x < 0.3), 1.0, 0.0)
    u += np.exp(-((x - 0.6) / 0.05)**2)
    return u


def upwind(u, c):
    un = np.empty_like(u)
    un[1:] = u[1:] - c * (u[1:] - u[:-1])
    un[0] = u[0] - c * (u[0] - u[-1])
    return un


def lax_friedrichs(u, c):
    return 0.5 * (np.roll(u, -1) + np.roll(u, 1)) - 0.5 * c * (np.roll(u, -1) - np.roll(u, 1))


def lax_wendroff(u, c):
    up, um = np.roll(u, -1), np.roll(u, 1)
    return u - 0.5 * c * (up - um) + 0.5 * c**2 * (up - 2 * u + um)


def minmod(a, b):
    return np.where(a * b > 0, np.where(np.abs(a) < np.abs(b), a, b), 0.0)


def muscl(u, c):
    left = u - np.roll(u, 1)
    right = np.roll(u, -1) - u
    slope = minmod(left, right)
    face = u + 0.5 * (1 - c) * slope
    flux = c * face
    return u - (flux - np.roll(flux, 1))


def leapfrog(u0, c, nt):
    old = u0.copy()
    now = lax_wendroff(old, c)
    for n in range(nt - 1):
        new = old - c * (np.roll(now, -1) - np.roll(now, 1))
        # Robert-Asselin filter
        now += 0.05 * (old - 2 * now + new)
        old, now = now, new
    return now


nx = 80
nt = 120
CFL = 0.5
x = np.arange(nx) / nx
u0 = init(x)
shift = int(nt * CFL) % nx
exact = np.roll(u0, shift)
schemes = [("upwind", upwind), ("Lax-Friedrichs", lax_friedrichs), ("Lax-Wendroff", lax_wendroff), ("MUSCL", muscl)]
print(f"{'scheme':<16}{'mass':>12}{'min':>11}{'max':>11}{'L1':>11}{'TV':>11}")
for name, scheme in schemes:
    u = u0.copy()
    for n in range(nt):
        u = scheme(u, CFL)
    tv = np.sum(np.abs(np.diff(u))) + abs(u[0] - u[-1])
    print(f"{name:<16}{u.sum() / nx:>12.8f}{u.min():>11.6f}{u.max():>11.6f}{np.abs(u - exact).mean():>11.6f}{tv:>11.6f}")
u = leapfrog(u0, CFL, nt)
print(f"{'leapfrog':<16}{u.sum() / nx:>12.8f}{u.min():>11.6f}{u.max():>11.6f}{np.abs(u - exact).mean():>11.6f}")
print(u[::16].round(7))
