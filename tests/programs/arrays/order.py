# argsort, sort, unique, take_along_axis.
import numpy as np

x = np.array([[7.0, 0.5, 3.0, 2.5], [1.0, 4.0, 0.25, 9.0], [2.0, 2.0, 8.0, 1.5]])
print(np.take_along_axis(x, np.argsort(x, axis=0, kind="stable"), axis=0), np.argsort(np.array([3., 1., 2.])), np.argsort([3, 1, 1, 2], kind="stable"))
print(np.argsort(x[:2], axis=1), x[:2].argsort(axis=0), np.argsort(-x[0]), np.argsort(x, axis=None, kind="stable"), np.sort(x, axis=0), np.sort(x, axis=None)[::-1])
a = np.arange(24).reshape(2, 3, 4)
u, c = np.unique(np.array([3, 1, 3, 2]), return_counts=True); print(u, c)
print(np.unique(np.array([[1., np.nan], [np.nan, 0.]])), np.unique(a % 5, return_inverse=True), np.unique([2, 1, 2], return_index=True, return_inverse=True, return_counts=True), np.unique([True, False, True]), np.unique(np.zeros(0)))
