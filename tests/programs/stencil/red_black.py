"""Red-black Gauss-Seidel on views with steps, in place."""
import numpy as np


def relax(u, f, omega):
    for colour in (0, 1):
        for start in (1, 2):
            first = 1 + (start + colour + 1) % 2
            old = u[start:-1:2, first:-1:2]
            up = u[start - 1:-2:2, first:-1:2]
            down = u[start + 1::2, first:-1:2]
            left = u[start:-1:2, first - 1:-2:2]
            right = u[start:-1:2, first + 1::2]
            old += omega * (0.25 * (up + down + left + right - f[start:-1:2, first:-1:2]) - old)


for ny, nx in ((9, 9), (11, 15), (7, 21)):
    u = np.zeros((ny, nx))
    u[0] = np.linspace(1, 2, nx)
    u[:, -1] = -1
    f = (np.arange(ny * nx) % 7).reshape(ny, nx) / 50.0
    for _ in range(30):
        relax(u, f, 1.4)
    r = u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * u[1:-1, 1:-1] - f[1:-1, 1:-1]
    print(ny, nx, repr(float(u.sum())), f"{np.abs(r).max():.6e}", repr(float(u[ny // 2, nx // 2])))

v = np.arange(12.0)
v[::2] = 0.5 * (v[1::2] + np.roll(v[1::2], 1))
v[1::2] = 0.5 * (v[::2] + np.roll(v[::2], -1))
print(v)
w = np.arange(30.0).reshape(5, 6)
w[1:-1:2, 1:-1:2] = 0.25 * (w[:-2:2, 1:-1:2] + w[2::2, 1:-1:2] + w[1:-1:2, :-2:2] + w[1:-1:2, 2::2]) * 10
w[1::2] += w[:-1:2]
print(w)
