# gradient, trapezoid and diff.
# rtol=1e-12
import numpy as np

y = np.array([1., 2., 4., 7., 11.])
print(np.gradient(y), np.gradient(y, 2), np.gradient(y, 0.5), np.gradient(np.arange(5)), np.gradient(y.astype(np.float32)))
g = np.outer(y, y[:3])
gx, gy = np.gradient(g); print(gx, gy)
print(np.trapezoid(y), np.trapezoid(y, dx=0.1), np.trapezoid(y, x=np.linspace(0, 1, 5)), np.trapezoid(g, axis=0), np.trapezoid(g, np.array([0., 1., 3.])), np.trapezoid([1, 2, 3], [4, 6, 8]))
print(np.diff(y), np.diff(g, axis=0), np.diff(y, n=2), np.diff([True, False, False]), np.diff([5, 3, 9]), np.diff(y, prepend=0), np.ediff1d(y))
print(np.gradient(g, axis=0), np.gradient(g, 0.1, axis=1), np.gradient(g, 0.1, 0.2)[1])
