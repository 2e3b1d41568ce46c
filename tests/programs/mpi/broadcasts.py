"""Rows, columns, planes and single elements of blocked arrays broadcast to the whole."""
import numpy as np

a = (np.arange(110) * 13 % 37).reshape(11, 10) + 0.25
print(a - a[0])
print((a - a[:, :1])[::3])
print((a / a[4])[:, 7])
print((a * a[:, 3][:, None])[9])
print(a[6, 7] * a[:3] + a[-1, -1])
row = a[8]
col = a[:, 9]
table = col[:, np.newaxis] - row
print(table.shape, table[:, ::4], repr(float(table.sum())))
norm = (a - a.mean(axis=0)) / (a.max(axis=0) - a.min(axis=0))
print(norm[::5].round(12))
centred = a - a.sum(axis=1).reshape(-1, 1) / 10
print(centred[2], repr(float(np.abs(centred).sum())))
x = np.arange(13) * 0.5
y = np.arange(9) - 4.0
g = x[:, None] * y + y ** 2
print(g.shape, g[12], g[:, 0])
cube = x[:7, None, None] + y[:5, None] * np.array([1.0, -1.0, 3.0])
print(cube.shape, cube[6], cube[:, 4, 2], (cube - cube[3])[0])
a[2:5] = a[10]
a[:, 1] = a[0, 0]
a[5:7] = np.arange(10)
a[7:9, 2:5] = col[:2, None]
print(a)
b = np.empty((6, 4, 5))
b[:] = np.arange(5)
b[:, 1:3] += np.arange(6)[:, None, None]
b *= b[5, 2, 4]
print(b[3], b[:, 2, 0])
