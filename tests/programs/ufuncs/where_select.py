"""where, choose by masks, piecewise, comparisons with nan."""
import numpy as np

x = np.linspace(-2, 2, 9)
print(np.where(x < 0, -x, x * 10), np.where(x > 0, 1, 0), np.where(x == 0, np.nan, 1 / 2))
m = np.arange(12).reshape(3, 4)
print(np.where(m % 2 == 0, m, -m), np.where(m > 5, m, 0.5), np.where(m[:, :1] > 3, m, np.arange(4) * 100))
print(np.where(np.array([True, False])[:, None], np.arange(3), -1), np.where(True, 3, 4), np.where(x[0] > 0, x, -x)[0])
print(np.where(m > 8), np.nonzero(m[0]), np.argwhere(m % 5 == 0))
nan = np.array([1.0, np.nan, -np.inf, np.inf])
print(nan > 0, nan == nan, nan != nan, nan < np.nan, np.maximum(nan, 0), np.where(np.isnan(nan), 0, nan), np.nanmax(nan[:2]), np.nansum(nan[:2]))
lim = np.where(x < -1, -1, np.where(x > 1, 1, x))
print(lim, (lim == np.clip(x, -1, 1)).all(), np.select([x < -1, x > 1], [-1, 1], default=x), np.piecewise(x, [x < 0, x >= 0], [-1, 1]))
a = np.array([3, -1, 4])
b = np.array([2.5, -1, 10])
print(a > b, a == b, (a > b) | (a < 0), ~(a > b), (a != b).any(), (a[:, None] > b).sum(axis=0))
theta = np.sqrt(np.where(x >= 0, x, 0))
print(theta.round(6))
