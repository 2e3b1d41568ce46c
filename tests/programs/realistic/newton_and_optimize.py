# rtol=1e-8
"""Root finding and minimization: bisection, Newton, secant, gradient descent, Nelder-Mead steps."""
import numpy as np


def bisect(f, a, b, tol=1e-10):
    fa = f(a)
    n = 0
    while b - a > tol:
        m = (a + b) / 2
        fm = f(m)
        if fa * fm <= 0:
            b = m
        else:
            a, fa = m, fm
        n += 1
    return (a + b) / 2, n


def newton(f, df, x, tol=1e-12, max_iter=50):
    for i in range(max_iter):
        step = f(x) / df(x)
        x -= step
        if abs(step) < tol:
            return x, i + 1
    return x, max_iter


def secant(f, x0, x1, n=12):
    for _ in range(n):
        if x1 == x0:
            break
        f0, f1 = f(x0), f(x1)
        if f1 == f0:
            break
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
    return x1


def f(x):
    return x**3 - 2 * x - 5


print("bisect %.9f in %d" % bisect(f, 2.0, 3.0))
root, n = newton(f, lambda x: 3 * x**2 - 2, 2.0)
print("newton %.12f in %d" % (root, n))
print("secant %.12f" % secant(f, 2.0, 3.0), "cos: %.10f" % bisect(lambda x: np.cos(x) - x, 0, 1)[0])


def system(v):
    x, y = v
    return np.array([x**2 + y**2 - 4.0, x * y - 1.0])


def jacobian(v, h=1e-7):
    J = np.zeros((2, 2))
    for j in range(2):
        e = np.zeros(2)
        e[j] = h
        J[:, j] = (system(v + e) - system(v - e)) / (2 * h)
    return J


v = np.array([2.0, 0.5])
for it in range(8):
    v = v - np.linalg.solve(jacobian(v), system(v))
print("system:", v, np.abs(system(v)).max() < 1e-12)


def rosenbrock(p):
    return (1 - p[0])**2 + 100 * (p[1] - p[0]**2)**2


def grad(p):
    return np.array([-2 * (1 - p[0]) - 400 * p[0] * (p[1] - p[0]**2), 200 * (p[1] - p[0]**2)])


p = np.array([-1.2, 1.0])
for it in range(60):
    g = grad(p)
    t = 1.0
    while rosenbrock(p - t * g) > rosenbrock(p) - 0.3 * t * (g[0]**2 + g[1]**2):
        t *= 0.5
    p = p - t * g
print("descent: %.8f at (%.6f, %.6f)" % (rosenbrock(p), p[0], p[1]))

xs = np.linspace(-2, 2, 41)
X, Y = np.meshgrid(xs, xs)
Z = (1 - X)**2 + 100 * (Y - X**2)**2
iy, ix = np.unravel_index(np.argmin(Z), Z.shape)
print("grid:", X[iy, ix].round(10), Y[iy, ix].round(10), np.sum(Z < 10))
coeffs = [1.0, -6.0, 11.0, -6.0]


def horner(coeffs, x):
    result = 0.0 * x
    for c in coeffs:
        result = result * x + c
    return result


print(horner(coeffs, np.array([0.0, 1.0, 2.0, 3.0, 4.0])), horner(coeffs, 2.5), np.polyval(coeffs, 2.5))
