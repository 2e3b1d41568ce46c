"""Shapes that stretch: rows, columns, scalars, size-one dimensions, empty ones."""
import numpy as np

a = np.arange(6).reshape(2, 3)
print(a + 10, a + np.array([100, 200, 300]), a + np.array([[1], [2]]), a * np.array([[2]]), a - a[0], a - a[:, :1])
b = np.arange(4).reshape(4, 1, 1)
c = np.arange(3).reshape(3, 1)
d = np.arange(2)
print((b * 100 + c * 10 + d).shape, (b * 100 + c * 10 + d)[3, 2, 1], (b * 100 + c * 10 + d).sum(axis=1))
print((np.zeros((0, 3)) + np.arange(3)).shape, (np.zeros((2, 0)) * np.zeros((2, 1))).shape, (np.ones(1) + np.zeros(0)).shape)
print((np.array(5) + np.arange(3)), np.array(2) * np.array(3), (np.array(2) * np.array(3)).ndim, np.array([[1, 2]]) == np.array([[1], [2]]))
x = np.linspace(0, 1, 3)
y = np.linspace(0, 2, 4)
print(x[:, None] * y[None, :], (x[:, np.newaxis] - y) ** 2, x[None, :, None].shape)
print(np.broadcast_to(np.arange(3), (2, 3)), np.broadcast_to(7, (2, 2)))
m = np.zeros((3, 4))
m += np.arange(4)
m *= np.arange(3)[:, None]
m[1:] -= m[0]
m[:, 1:3] += [[10, 20]]
print(m)
p = np.array([[0.0, 0.0], [3.0, 4.0], [6.0, 8.0]])
diff = p[:, None, :] - p[None, :, :]
print(np.sqrt((diff**2).sum(axis=-1)), diff.shape)
try:
    a + np.arange(2)
except ValueError as e:
    print(e)
