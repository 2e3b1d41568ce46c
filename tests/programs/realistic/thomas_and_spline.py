"""The Thomas algorithm, and a natural cubic spline that uses it."""
import numpy as np


def thomas(a, b, c, d):
    """Solves a tridiagonal system; a and c have one element less than b."""
    n = len(d)
    cp = np.zeros(n - 1)
    dp = np.zeros(n)
    cp[0] = c[0] / b[0]
    dp[0] = d[0] / b[0]
    for i in range(1, n):
        m = b[i] - a[i - 1] * cp[i - 1]
        if i < n - 1:
            cp[i] = c[i] / m
        dp[i] = (d[i] - a[i - 1] * dp[i - 1]) / m
    x = np.zeros(n)
    x[-1] = dp[-1]
    for i in range(n - 2, -1, -1):
        x[i] = dp[i] - cp[i] * x[i + 1]
    return x


def natural_spline(x, y):
    h = np.diff(x)
    slope = np.diff(y) / h
    M = np.zeros(len(x))
    M[1:-1] = thomas(h[1:-1] / 6, (h[:-1] + h[1:]) / 3, h[1:-1] / 6, slope[1:] - slope[:-1])
    return M


def evaluate(x, y, M, xs):
    out = np.empty(len(xs))
    for k, t in enumerate(xs):
        i = 0
        while i < len(x) - 2 and t > x[i + 1]:
            i += 1
        h = x[i + 1] - x[i]
        left = (x[i + 1] - t) / h
        right = (t - x[i]) / h
        out[k] = left * y[i] + right * y[i + 1] + h**2 / 6 * ((left**3 - left) * M[i] + (right**3 - right) * M[i + 1])
    return out


n = 12
lower = -np.ones(n - 1)
upper = -0.5 * np.ones(n - 1)
main = np.full(n, 3.0)
rhs = np.arange(n) % 4 + 1.0
sol = thomas(lower, main, upper, rhs)
full = np.diag(main) + np.diag(lower, -1) + np.diag(upper, 1)
check = main * sol
check[1:] += lower * sol[:-1]
check[:-1] += upper * sol[1:]
print(sol, np.allclose(check, rhs), full[:3, :4])

knots = np.array([0.0, 1.0, 2.5, 3.0, 4.5, 6.0])
values = np.array([1.0, 3.0, -1.0, 0.5, 2.0, 2.5])
M = natural_spline(knots, values)
fine = np.linspace(0, 6, 13)
curve = evaluate(knots, values, M, fine)
print("second derivatives:", M)
for t, c in zip(fine, curve):
    print(f"{t:5.2f} {c:12.8f} " + "*" * int(round(5 * (c + 2))))
print("interpolates:", [bool(abs(v - w) < 1e-12) for v, w in zip(values, evaluate(knots, values, M, knots))])

# implicit heat equation: one tridiagonal solve a step
nx, r = 15, 2.0
T = np.zeros(nx)
T[0], T[-1] = 1.0, 2.0
for step in range(20):
    d = T[1:-1].copy()
    d[0] += r * T[0]
    d[-1] += r * T[-1]
    T[1:-1] = thomas(-r * np.ones(nx - 3), (1 + 2 * r) * np.ones(nx - 2), -r * np.ones(nx - 3), d)
print(T.round(10))
