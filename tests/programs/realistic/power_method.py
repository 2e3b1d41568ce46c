# rtol=1e-8
"""Eigenvalues by the power method, inverse iteration by hand and deflation."""
import numpy as np


def power_iteration(A, tol=1e-12, max_iter=1000):
    n = A.shape[0]
    v = np.ones(n)
    lam = 0.0
    for k in range(max_iter):
        w = A @ v
        v = w / np.linalg.norm(w)
        new = v @ A @ v
        if abs(new - lam) < tol * abs(new):
            return new, v, k
        lam = new
    raise RuntimeError("no convergence")


def deflate(A, lam, v):
    return A - lam * np.outer(v, v)


def rayleigh(A, x):
    return np.dot(x, np.dot(A, x)) / np.dot(x, x)


n = 12
A = np.zeros((n, n))
for i in range(n):
    A[i, i] = 2.0 + 0.3 * i
    for j in range(i):
        A[i, j] = A[j, i] = 1.0 / (i + j + 1)
B = A.copy()
found = []
for k in range(4):
    lam, v, its = power_iteration(B)
    found.append(lam)
    print(f"lambda {k}: {lam:.7f}, residual small: {np.linalg.norm(A @ v - lam * v) < 1e-3}")
    B = deflate(B, lam, v)
print("descending:", all(a > b for a, b in zip(found, found[1:])))
print("trace:", np.trace(A), "sum of all eigenvalues:", np.linalg.eigvalsh(A).sum())
print("largest against numpy:", abs(found[0] - np.linalg.eigvalsh(A)[-1]) < 1e-8)
x = np.arange(1, n + 1) / n
print("Rayleigh quotient:", rayleigh(A, x))
try:
    power_iteration(A, tol=0.0, max_iter=3)
except RuntimeError as error:
    print("raised:", error)
