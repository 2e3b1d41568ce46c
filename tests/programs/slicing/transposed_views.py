"""Slices of transposes, reshapes of views, chains of views."""
import numpy as np

m = np.arange(15).reshape(3, 5)
t = m.T
print(t[1:4, ::2], t[::-1][0], t[2], t[:, 1].sum(), t[-1, -1])
t[1:3] = 0
print(m)
t[:, 0] += np.arange(5) * 100
print(m, t.flags["C_CONTIGUOUS"], m.flags["C_CONTIGUOUS"])
v = m[1:, ::2].T[::-1]
print(v, v.shape)
v[0] = [-1, -2]
print(m)
print(m.T.reshape(3, 5), m.T.ravel(), m[:, ::-1].reshape(5, 3), m[:, 1:4].ravel())
c = np.arange(24).reshape(2, 3, 4)
p = c.transpose(2, 0, 1)
print(p.shape, p[3, 1], p[1:3, 0, ::2], c.T.shape, c.T[1, 2, 0])
p[0] = -7
q = c.swapaxes(0, 2)[::2, 1]
print(c, q)
print(np.moveaxis(c, 0, -1).shape, c.transpose(1, 0, 2).copy()[2, 1], c.transpose((1, 2, 0))[2, 3])
print((m.T @ m)[1], (m + m[::-1, ::-1])[0], m.T.sum(axis=0), m.T.cumsum()[:4], (m.T * 2)[0])
d = m.T.copy()
d[0, 0] = 12345
print(m[0, 0], d[:2])
