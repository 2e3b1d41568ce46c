"""The Poisson equation twice: Jacobi sweeps, then conjugate gradients.

usage: jacobi_cg.py [n [tolerance]]
"""
import sys

import numpy as np


def apply_poisson(u):
    """4 u minus its neighbours, on a grid with zeros around it."""
    r = 4 * u
    r[1:, :] -= u[:-1, :]
    r[:-1, :] -= u[1:, :]
    r[:, 1:] -= u[:, :-1]
    r[:, :-1] -= u[:, 1:]
    return r


def jacobi(b, tol, max_iter=20000):
    u = np.zeros_like(b)
    target = tol * np.sqrt(np.sum(b * b))
    for it in range(1, max_iter + 1):
        r = b - apply_poisson(u)
        if np.sqrt(np.sum(r * r)) <= target:
            break
        u += 0.25 * r
    else:
        print("jacobi did not converge")
    return u, it


def conjugate_gradient(b, tol, max_iter=2000):
    u = np.zeros_like(b)
    r = b.copy()
    d = r.copy()
    rr = np.sum(r * r)
    target = tol**2 * rr
    it = 0
    while rr > target and it < max_iter:
        q = apply_poisson(d)
        step = rr / np.sum(d * q)
        u += step * d
        r -= step * q
        rr_new = np.sum(r * r)
        d = r + rr_new / rr * d
        rr = rr_new
        it += 1
    return u, it


n = int(sys.argv[1]) if len(sys.argv) > 1 else 64
tol = float(sys.argv[2]) if len(sys.argv) > 2 else 1e-4

i = np.arange(1, n + 1)
b = (i[:, None] * (n + 1 - i)[None, :]) / (n + 1) ** 2
b[n // 3, n // 2] += 1.0

uj, nj = jacobi(b, tol)
uc, nc = conjugate_gradient(b, 1e-10)
print(f"unknowns: {n * n}")
print(f"jacobi:              {nj:6d} iterations, sum {uj.sum():.9e}")
print(f"conjugate gradients: {nc:6d} iterations, sum {uc.sum():.9e}")
row, col = divmod(np.argmax(uc), n)
print(f"largest value {uc.max():.9e} at row {row}, column {col}")
diff = np.abs(uj - uc).max() / np.abs(uc).max()
print(f"they differ by {diff:.3%}")
residual = b - apply_poisson(uc)
print("residual small:", np.abs(residual).max() < 1e-8)
