# Triangles, diagonals, grids of positions.
import numpy as np

y = np.array([1., 2., 4., 7., 11.])
g = np.outer(y, y[:3])
print(np.tril(g), np.triu(g, -1), np.tri(2, 3, 1), np.tri(3, dtype=int), np.triu(np.ones((2, 3, 3)), 1).sum(axis=0), np.tril([[1, 2], [3, 4]]))
z = np.zeros((3, 4)); np.fill_diagonal(z, 2); print(z); z = np.zeros((4, 2), int); np.fill_diagonal(z, 7); print(z)
print(np.diag(y[:2], 1), np.diag(g, -1), np.diagonal(g, 1), g.diagonal(), np.trace(g), g.trace(1), np.diagflat([1, 2]))
d = np.arange(9).reshape(3, 3)
k = np.diag(d)
d[1, 1] = 50
print(k, np.indices((2, 3)), np.indices((2,)).dtype)
