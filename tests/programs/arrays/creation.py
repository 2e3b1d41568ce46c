"""zeros, ones, full, empty, the _like family, eye, diag, array of lists."""
import numpy as np

print(np.zeros(3), np.zeros((2, 3)), np.ones(2, dtype=np.int64), np.ones((1, 2), dtype=bool))
print(np.full(3, 7), np.full((2, 2), 0.5), np.full(2, True), np.full((2,), 3, dtype=float), np.full(2, 1j))
a = np.array([[1, 2, 3], [4, 5, 6]])
e = np.empty((2, 3))
e[:] = 4
print(e, np.empty(2, dtype=np.int32).shape, np.empty_like(a).dtype)
print(np.zeros_like(a), np.ones_like(a * 0.5), np.full_like(a, 2.9), np.zeros_like(a, dtype=float), np.full_like(a, 9, dtype=np.float32))
print(np.eye(3), np.identity(2), np.eye(2, 4, k=1), np.eye(3, dtype=int), np.diag([1, 2]), np.diag(a[:, :2]))
print(np.array([1, 2.5, 3]), np.array([True, 2]), np.array([1, 2], dtype=float), np.array((1, 2)), np.array([[1], [2]]).shape)
print(np.array([[1.5, 2], [3, 4]]).dtype, np.array([1j, 2]).dtype, np.array([]).dtype, np.array([1]).dtype)
print(np.array(a).sum(), np.asarray(a) is a, np.array(a) is a, np.array(3.5).ndim)
b = np.array(a)
b[0, 0] = 100
c = np.asarray(a)
c[0, 1] = 200
print(a, b)
n = 4
print(np.array([n, n * 2, n + 0.5]), np.array([[n] * 3, [0] * 3]), np.array([i * i for i in range(5)]))
print(np.array([np.arange(3), np.arange(3) + 10]), np.array(range(4)), np.array([a[0], a[1]]).shape)
print(np.tri(3), np.triu(a), np.tril(a, -1))
