# rtol=1e-12
"""Bisection, Newton, secant, Simpson, Romberg, Euler's method: functions of functions."""
import math

import numpy as np


def bisect(f, a, b, tol=1e-12):
    fa = f(a)
    n = 0
    while b - a > tol:
        c = (a + b) / 2
        fc = f(c)
        if fa * fc <= 0:
            b = c
        else:
            a, fa = c, fc
        n += 1
    return (a + b) / 2, n


def newton(f, df, x, tol=1e-12, max_iter=50):
    for i in range(max_iter):
        dx = f(x) / df(x)
        x -= dx
        if abs(dx) < tol:
            return x, i + 1
    raise RuntimeError("no convergence")


def cubic(x):
    return x**3 - x - 2


print(bisect(cubic, 1, 2), newton(cubic, lambda x: 3 * x**2 - 1, 1.5))
print(bisect(math.cos, 1.0, 2.0)[0], newton(lambda x: x * x - 2, lambda x: 2 * x, 1)[0])


def simpson(f, a, b, n=100):
    x = np.linspace(a, b, n + 1)
    y = f(x)
    return (b - a) / (3 * n) * (y[0] + y[-1] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum())


print(simpson(np.sin, 0, np.pi), simpson(lambda x: x**3, 0, 2, n=10), simpson(np.exp, -1, 1, 20))
table = np.zeros((6, 6))
for k in range(6):
    m = 2**k
    pts = np.linspace(0, 1, m + 1)
    vals = 1 / (1 + pts**2)
    table[k, 0] = (vals[0] / 2 + vals[1:-1].sum() + vals[-1] / 2) / m
    for j in range(1, k + 1):
        table[k, j] = table[k, j - 1] + (table[k, j - 1] - table[k - 1, j - 1]) / (4**j - 1)
print(4 * table[5, 5], 4 * table[:3, 0], abs(4 * table[5, 5] - math.pi) < 1e-10)
y, t, dt = 1.0, 0.0, 0.1
while t < 1 - 1e-9:
    y += dt * (t - y)
    t += dt
print(y, round(t, 9))
