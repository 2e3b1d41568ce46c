# Index arrays, integers and slices together: where the gathered axes go.
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
i = np.array([0, 2, 1]); j = np.array([1, 0])
print(a[0, :, i], a[:, i].shape, a[..., i], a[j, :, 1], a[:, i, i], a[j[:, None], i], a[j, 1:, i[:2]].shape, a[1, i, 2])
print(a[:, None, i].shape, a[j, None].shape, a[:, [0, 1], [1, 2]], a[[0, 1], :, [1, 2]])
m = np.array([True, False, True])
print(a[:, m], a[:, m, 1], a[1, m], a[j, m[1:].sum()], a[:, :, [True, False, True, False]])
m2 = a[0] > 5
print(a[:, m2], a[0][m2])
