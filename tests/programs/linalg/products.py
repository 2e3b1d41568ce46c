# rtol=1e-12
"""@, dot, outer, inner, vdot, cross, kron, einsum, tensordot, trace, norm."""
import numpy as np

a = np.arange(6.0).reshape(2, 3) - 2
b = np.arange(12.0).reshape(3, 4) / 4
v = np.array([1.0, -2.0, 0.5])
print(a @ b, a @ v, v @ b, v @ v, a.dot(b)[1, 2], np.dot(v, v), np.dot(a, v), np.matmul(a, b).shape, np.dot(2, v), v.dot(3))
print(a.T @ a, a @ a.T, b.T @ v, (a @ b).T @ a, a[:, ::-1] @ b, a[:, :2] @ b[1:], b[::2, ::-1].T @ v[:2], (v[::2] @ v[1:]).shape)
i = np.arange(6).reshape(3, 2)
print(i.T @ i, i @ [1, 2], (i @ i.T).dtype, np.array([True, False]) @ np.array([3, 4]), i.T @ v, (i.astype(np.float32).T @ i.astype(np.float32)).dtype)
print(np.outer(v, [1, 2]), np.inner(v, v), np.vdot(v, v), np.cross([1, 0, 0], [0, 1, 0]), np.kron([1, 2], [1, 10]), np.trace(a @ a.T), np.tensordot(a, b, axes=1)[0])
print(np.linalg.norm(v), np.linalg.norm(a), np.linalg.norm(a, axis=1), np.linalg.norm(v, 1), np.linalg.norm(v, np.inf), np.linalg.norm(a, ord=2).round(9))
z = np.array([1 + 1j, 2])
print(z @ z, np.vdot(z, z), z.conj() @ z, np.einsum("ij,jk->ik", a, b)[1], np.einsum("ij->j", a), np.einsum("i,i", v, v))
s = np.arange(24.0).reshape(2, 3, 4)
print((s @ np.ones(4)), (s @ b.T).shape, (np.ones((2, 2, 3)) @ s)[1], np.zeros((0, 3)) @ b, np.zeros((2, 0)) @ np.zeros((0, 3)))
m = np.array([[2.0, 1.0], [1.0, 3.0]])
p = np.eye(2)
for _ in range(5):
    p = p @ m
print(p, np.linalg.matrix_power(m, 5), np.linalg.det(m), np.allclose(np.linalg.inv(m) @ m, np.eye(2)))
p @= m
print(p)
