# rtol=1e-9
"""QR by classical and modified Gram-Schmidt and by Householder reflections."""
import numpy as np


def classical(A):
    m, n = A.shape
    Q = np.zeros((m, n))
    R = np.zeros((n, n))
    for j in range(n):
        v = A[:, j].copy()
        for i in range(j):
            R[i, j] = np.dot(Q[:, i], A[:, j])
            v = v - R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        Q[:, j] = v / R[j, j]
    return Q, R


def modified(A):
    V = A.astype(float)
    m, n = V.shape
    Q = np.zeros((m, n))
    R = np.zeros((n, n))
    for i in range(n):
        R[i, i] = np.sqrt(np.sum(V[:, i]**2))
        Q[:, i] = V[:, i] / R[i, i]
        R[i, i + 1:] = Q[:, i] @ V[:, i + 1:]
        V[:, i + 1:] -= np.outer(Q[:, i], R[i, i + 1:])
    return Q, R


def householder(A):
    R = A.copy()
    m, n = R.shape
    Q = np.eye(m)
    for k in range(n):
        x = R[k:, k]
        e = np.zeros_like(x)
        e[0] = np.copysign(np.linalg.norm(x), x[0])
        v = x + e
        v /= np.linalg.norm(v)
        R[k:, k:] -= 2.0 * np.outer(v, v @ R[k:, k:])
        Q[:, k:] -= 2.0 * np.outer(Q[:, k:] @ v, v)
    return Q[:, :n], R[:n]


A = np.array([[(3 * i * j + i + 2 * j) % 7 + 1.0 for j in range(5)] for i in range(8)])
print(A)
for name, qr in (("classical", classical), ("modified", modified), ("householder", householder)):
    Q, R = qr(A)
    signs = np.sign(np.diag(R))
    print(f"{name:>12}: A = QR {np.allclose(Q @ R, A)}, orthogonal {np.allclose(Q.T @ Q, np.eye(5))}, "
          f"triangular {np.allclose(np.tril(R, -1), 0)}")
    print(np.abs(np.diag(R)), (signs[:, None] * R)[0])
b = np.arange(8) + 1.0
Q, R = modified(A)
y = Q.T @ b
x = np.zeros(5)
for i in range(4, -1, -1):
    x[i] = (y[i] - R[i, i + 1:] @ x[i + 1:]) / R[i, i]
print("least squares:", x, "residual", np.linalg.norm(A @ x - b))
