"""Heat in a plate: explicit time steps, a hot edge and a round hot spot.

usage: heat2d.py [nx [ny [n_steps]]]
"""
import sys

import numpy as np


def hot_spot(x, y, radius=0.2, value=3.0):
    """`value` in a disc around (0.4, 0.6), else 0."""
    distance = np.sqrt((x - 0.4) ** 2 + (y - 0.6) ** 2)
    return np.where(distance < radius, value, 0.0)


def step(t, alpha, dt, dx, dy):
    """The temperatures `dt` later; those on the edges stay."""
    new = t.copy()
    lap_x = (t[2:, 1:-1] - 2 * t[1:-1, 1:-1] + t[:-2, 1:-1]) / dx**2
    lap_y = (t[1:-1, 2:] - 2 * t[1:-1, 1:-1] + t[1:-1, :-2]) / dy**2
    new[1:-1, 1:-1] += alpha * dt * (lap_x + lap_y)
    return new


def main():
    nx = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    ny = int(sys.argv[2]) if len(sys.argv) > 2 else 160
    n_steps = int(sys.argv[3]) if len(sys.argv) > 3 else 2000

    alpha = 0.5
    dx = 1.0 / (nx - 1)
    dy = 1.0 / (ny - 1)
    dt = 0.9 * dx**2 * dy**2 / (2 * alpha * (dx**2 + dy**2))

    x = np.linspace(0, 1, nx)
    y = np.linspace(0, 1, ny)
    t = hot_spot(x[:, np.newaxis], y[np.newaxis, :])
    t[:, 0] = 1.0
    t[0, :] = 0.5 * (1 - y)

    print(f"grid {t.shape}, start: mean {t.mean():.9f}, max {t.max():.3f}")
    n_reports = 4
    for n in range(1, n_steps + 1):
        t = step(t, alpha, dt, dx, dy)
        if n % max(1, n_steps // n_reports) == 0:
            print(f"step {n:6d}  mean {t.mean():.9f}  max {t[1:-1, 1:-1].max():.9f}")

    flux = (t[1:-1, 1] - t[1:-1, 0]).sum() / dy * dx
    print(f"norm          {np.sqrt((t * t).sum()):.9e}")
    print(f"centre        {t[nx // 2, ny // 2]:.9f}")
    print(f"flux at y = 0 {flux:.9f}")


if __name__ == "__main__":
    main()
