"""Poisson's equation by red-black successive over-relaxation, written with strided slices."""
import numpy as np

N = 25
h = 1.0 / (N - 1)
x = np.linspace(0, 1, N)
X, Y = np.meshgrid(x, x, indexing="ij")
exact = X * (1 - X) * Y * (1 - Y) * (1 + X)
f = np.zeros((N, N))
f[1:-1, 1:-1] = (exact[2:, 1:-1] + exact[:-2, 1:-1] + exact[1:-1, 2:] + exact[1:-1, :-2] - 4 * exact[1:-1, 1:-1]) / h**2

phi = np.zeros((N, N))
omega = 1.75
tolerance = 1e-8
for sweep in range(1000):
    # red points: i + j even, black points: odd
    for i0, j0 in [(1, 1), (2, 2), (1, 2), (2, 1)]:
        centre = phi[i0:-1:2, j0:-1:2]
        north = phi[i0 - 1:-2:2, j0:-1:2]
        south = phi[i0 + 1::2, j0:-1:2]
        west = phi[i0:-1:2, j0 - 1:-2:2]
        east = phi[i0:-1:2, j0 + 1::2]
        centre += omega * 0.25 * (north + south + west + east - 4 * centre - h**2 * f[i0:-1:2, j0:-1:2])
    residual = (phi[2:, 1:-1] + phi[:-2, 1:-1] + phi[1:-1, 2:] + phi[1:-1, :-2] - 4 * phi[1:-1, 1:-1]) / h**2 - f[1:-1, 1:-1]
    norm = np.sqrt(np.mean(residual**2))
    if sweep % 20 == 0:
        print(f"sweep {sweep:4d}  residual {norm:.6e}")
    if norm < tolerance:
        print("converged after", sweep + 1, "sweeps")
        break
else:
    print("not converged")
print("largest error below 1e-9:", np.abs(phi - exact).max() < 1e-9)
print(phi[N // 2, ::6].round(8), phi.argmax(), np.unravel_index(phi.argmax(), phi.shape))
