"""Indexing with integer arrays and lists."""
import numpy as np

a = np.array([10, 20, 30, 40, 50])
idx = np.array([3, 0, -1, 3])
print(a[idx], a[[1, 2]], a[idx].dtype, a[np.array([[0, 1], [4, 2]])])
m = np.arange(12).reshape(3, 4)
print(m[[2, 0]], m[:, [1, -1]], m[[0, 1], [2, 3]], m[1, [0, 2]])
print(m[np.arange(3), np.array([3, 0, 1])], m[[0, 2]][:, [1, 3]])
a[[0, 2]] = [-1, -3]
print(a)
a[idx] = 7
print(a)
a[[1, 1, 2]] += 100
print(a)
m[[0, 2], 1] = -9
print(m)
b = m[[0, 1]]
b[:] = 0
print(m[0], np.take(a, [4, 0]), np.take(m, [1, 0], axis=1))
order = np.argsort(np.array([0.3, -1.0, 2.0, 0.1]))
print(order, np.array([9, 8, 7, 6])[order])
hist = np.zeros(4, dtype=int)
np.add.at(hist, [0, 1, 1, 3, 1], 1)
print(hist, np.bincount([0, 1, 1, 3, 1]))
