# rtol=1e-9
"""Linear regression by normal equations, elimination, and gradient descent."""
import numpy as np


def eliminate(a, b):
    a = a.copy()
    b = b.copy()
    n = len(b)
    for k in range(n):
        p = k + np.abs(a[k:, k]).argmax()
        if p != k:
            a[[k, p]] = a[[p, k]]
            b[k], b[p] = b[p], b[k]
        for r in range(k + 1, n):
            m = a[r, k] / a[k, k]
            a[r, k:] -= m * a[k, k:]
            b[r] -= m * b[k]
    x = np.zeros(n)
    for k in range(n - 1, -1, -1):
        x[k] = (b[k] - a[k, k + 1:] @ x[k + 1:]) / a[k, k]
    return x


rng = np.random.default_rng(11)
n = 300
features = rng.standard_normal((n, 3))
target = features @ np.array([1.5, -2.0, 0.25]) + 0.7 + 0.1 * rng.standard_normal(n)
design = np.hstack([np.ones((n, 1)), features])
w = eliminate(design.T @ design, design.T @ target)
residual = target - design @ w
print(w, f"{(residual**2).sum():.9f}", np.abs(design.T @ residual).max() < 1e-9)
g = np.zeros(4)
for step in range(500):
    g -= 0.1 * 2 / n * design.T @ (design @ g - target)
print(np.abs(g - w).max() < 1e-9, f"{1 - residual.var() / target.var():.9f}")
x = np.linspace(-1, 2, 15)
y = x**3 - 2 * x + 0.5
v = np.stack([x**k for k in range(4)], axis=1)
print(eliminate(v.T @ v, v.T @ y).round(9) + 0.0)
xm, ym = x.mean(), y.mean()
slope = ((x - xm) * (y - ym)).sum() / ((x - xm) ** 2).sum()
print(f"{slope:.12f} {ym - slope * xm:.12f}")
print(eliminate(np.array([[0.0, 2.0], [3.0, 1.0]]), np.array([4.0, 5.0])))
