# rtol=1e-11
"""Products of blocked matrices and vectors; BLAS sums in its own order."""
import numpy as np

a = (np.arange(13 * 9) * 29 % 101 / 101.0 + 0.1).reshape(13, 9)
b = (np.arange(9 * 11) * 31 % 103 / 103.0 + 0.2).reshape(9, 11)
c = a @ b
print(c.shape, c[0], c[:, 5], c.sum(), c[12, 10])
print((a.T @ a)[3], (b @ b.T).sum(axis=0), np.dot(a[2:7, 1:6], b[:5, ::2])[1])
x = np.arange(9) / 9 + 1
print(a @ x, x @ b, x @ x, np.dot(a[4], x), a[:, ::-1] @ x)
y = a @ x
for it in range(6):
    y = y / np.sqrt(y @ y)
    y = a @ (a.T @ y)
print(y, np.linalg.norm(y), np.linalg.norm(a), np.linalg.norm(a, axis=1)[:3])
print(np.outer(x[:4], x[5:]), np.trace(a[:9]), np.vdot(x, x[::-1]))
k = np.arange(64).reshape(8, 8) % 5
print(k @ k, k @ k[0], (k @ k.T).trace(), k[::2] @ k[:, 1::2])
n = 40
m = np.zeros((n, n))
for i in range(n):
    m[i, i] = 2.5
    if i > 0:
        m[i, i - 1] = -1
    if i < n - 1:
        m[i, i + 1] = -1
rhs = np.arange(n) % 7 + 1.0
s = np.zeros(n)
r = rhs - m @ s
p = r.copy()
rs = r @ r
for it in range(60):
    mp = m @ p
    alpha = rs / (p @ mp)
    s += alpha * p
    r -= alpha * mp
    new = r @ r
    if new < 1e-24:
        break
    p = r + new / rs * p
    rs = new
print(s[:5], s[-3:], np.allclose(m @ s, rhs), s.sum())
stack = np.arange(3 * 4 * 5).reshape(3, 4, 5) / 10
print((stack @ stack.transpose(0, 2, 1))[2], np.einsum("ij,ij->i", a, a)[:4], np.einsum("ij,jk->ik", a[:3], b)[2, :3])
