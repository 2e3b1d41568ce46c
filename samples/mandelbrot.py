"""The Mandelbrot set with complex arrays and boolean masks.

usage: mandelbrot.py [width [height [max_iter]]]
"""
import sys

import numpy as np


def escape_counts(c, max_iter):
    """Iterations until |z| exceeds 2, for each c; max_iter if it never does."""
    z = np.zeros_like(c)
    counts = np.full(c.shape, max_iter, dtype=np.int64)
    alive = np.ones(c.shape, dtype=bool)
    for it in range(max_iter):
        z[alive] = z[alive] ** 2 + c[alive]
        escaped = alive & (z.real**2 + z.imag**2 > 4.0)
        counts[escaped] = it
        alive &= ~escaped
        if not alive.any():
            break
    return counts


width = int(sys.argv[1]) if len(sys.argv) > 1 else 300
height = int(sys.argv[2]) if len(sys.argv) > 2 else 200
max_iter = int(sys.argv[3]) if len(sys.argv) > 3 else 100

x = np.linspace(-2.1, 0.7, width)
y = np.linspace(-1.15, 1.25, height)
c = x[None, :] + 1j * y[:, None]
counts = escape_counts(c, max_iter)

inside = counts == max_iter
print(f"{width} x {height}, at most {max_iter} iterations")
print(f"inside: {np.count_nonzero(inside)} points, area about "
      f"{np.count_nonzero(inside) * 2.8 * 2.4 / (width * height):.6f}")
print(f"sum of counts outside: {counts[~inside].sum()}")
if inside.any():
    print(f"centre of mass: {c[inside].mean():.6f}")

shades = " .:-=+*#%@"
rows = min(height, 20)
cols = min(width, 60)
for r in range(rows):
    line = ""
    for s in range(cols):
        count = counts[r * height // rows, s * width // cols]
        line += shades[min(9, int(count) * 10 // max_iter)]
    print(line.rstrip())
