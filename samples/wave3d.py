"""The wave equation in a box with fixed walls, by leapfrog steps.

A standing wave of the box has a known frequency, to which the result is
compared; a second, off-centre pulse has none and is only summarized.

usage: wave3d.py [n [n_steps]]
"""
import math
import sys

import numpy as np


def laplacian(u):
    """Sum of the second differences on the interior points."""
    return (u[2:, 1:-1, 1:-1] + u[:-2, 1:-1, 1:-1]
            + u[1:-1, 2:, 1:-1] + u[1:-1, :-2, 1:-1]
            + u[1:-1, 1:-1, 2:] + u[1:-1, 1:-1, :-2]
            - 6 * u[1:-1, 1:-1, 1:-1])


def evolve(u, courant, n_steps):
    """`u` after `n_steps` from rest."""
    c2 = courant**2
    before = u.copy()
    now = u.copy()
    now[1:-1, 1:-1, 1:-1] += 0.5 * c2 * laplacian(before)
    for _ in range(n_steps - 1):
        after = np.zeros_like(now)
        after[1:-1, 1:-1, 1:-1] = (2 * now[1:-1, 1:-1, 1:-1]
                                   - before[1:-1, 1:-1, 1:-1]
                                   + c2 * laplacian(now))
        before, now = now, after
    return now


n = int(sys.argv[1]) if len(sys.argv) > 1 else 48
n_steps = int(sys.argv[2]) if len(sys.argv) > 2 else 120
assert n >= 4, "the box needs at least 4 points a side"

h = 1 / (n - 1)
courant = 0.5
t = n_steps * courant * h

s = np.sin(math.pi * np.linspace(0, 1, n))
mode = s[:, None, None] * s[None, :, None] * s[None, None, :]
u = evolve(mode, courant, n_steps)
exact = mode * math.cos(math.sqrt(3) * math.pi * t)
print(f"standing wave: n = {n}, t = {t:.6f}")
print(f"  largest value {np.abs(u).max():.9f}, exactly {np.abs(exact).max():.9f}")
print(f"  largest error {np.abs(u - exact).max():.6f}")

x, y, z = np.meshgrid(np.linspace(0, 1, n), np.linspace(0, 1, n),
                      np.linspace(0, 1, n), indexing="ij")
pulse = np.exp(-80 * ((x - 0.3) ** 2 + (y - 0.45) ** 2 + (z - 0.6) ** 2))
pulse[0, :, :] = pulse[-1, :, :] = 0
pulse[:, 0, :] = pulse[:, -1, :] = 0
pulse[:, :, 0] = pulse[:, :, -1] = 0
u = evolve(pulse, courant, n_steps)
print("pulse:")
print(f"  sum  {u.sum():.9f}")
print(f"  norm {np.sqrt(np.sum(u**2)):.9f}")
planes = u.sum(axis=(1, 2))
for i in range(0, n, max(1, n // 6)):
    print(f"  plane {i:3d} {planes[i]: .9f}")
