"""LU with partial pivoting and Cholesky by plain loops over rows and elements."""
import numpy as np


def lu(A):
    """Returns P (as a permutation), L and U in one matrix, and the sign."""
    A = A.copy()
    n = len(A)
    perm = list(range(n))
    sign = 1
    for k in range(n - 1):
        p = k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            raise ValueError("singular matrix")
        if p != k:
            A[[k, p]] = A[[p, k]]
            perm[k], perm[p] = perm[p], perm[k]
            sign = -sign
        for i in range(k + 1, n):
            A[i, k] /= A[k, k]
            A[i, k + 1:] -= A[i, k] * A[k, k + 1:]
    return perm, A, sign


def solve(perm, LU, b):
    n = len(LU)
    y = np.zeros(n)
    for i in range(n):
        s = b[perm[i]]
        for j in range(i):
            s -= LU[i, j] * y[j]
        y[i] = s
    x = np.zeros(n)
    for i in reversed(range(n)):
        s = y[i]
        for j in range(i + 1, n):
            s -= LU[i, j] * x[j]
        x[i] = s / LU[i, i]
    return x


def cholesky(A):
    n = A.shape[0]
    L = np.zeros_like(A)
    for i in range(n):
        for j in range(i + 1):
            s = 0.0
            for k in range(j):
                s += L[i, k] * L[j, k]
            if i == j:
                L[i, j] = (A[i, i] - s) ** 0.5
            else:
                L[i, j] = (A[i, j] - s) / L[j, j]
    return L


n = 9
A = np.array([[((i * 5 + j * 3 + i * j) % 11) - 4.0 for j in range(n)] for i in range(n)])
A += np.eye(n) * 0.5
b = np.linspace(-1, 1, n)
perm, LU, sign = lu(A)
x = solve(perm, LU, b)
det = sign * np.prod(np.diag(LU))
print("permutation:", perm, "sign:", sign)
print("solved:", np.allclose(A @ x, b), "same as numpy:", np.allclose(x, np.linalg.solve(A, b)))
print(f"det {det:.6f}, numpy agrees: {np.isclose(det, np.linalg.det(A))}")
print(x.round(9))
S = np.zeros((n, n))
for i in range(n):
    for j in range(n):
        S[i, j] = min(i, j) + 1.0 + (2.5 if i == j else 0.0)
L = cholesky(S)
print(L[:4, :4])
print("lower:", np.all(np.triu(L, 1) == 0), "product:", np.allclose(L @ L.T, S), repr(float(np.diag(L).sum())))
try:
    lu(np.zeros((3, 3)))
except ValueError as e:
    print("error:", e)
