"""Reshapes of blocked arrays: as views, as copies, and written through."""
import numpy as np

a = np.arange(48) * 5 % 49
m = a.reshape(6, 8)
m[2:4, 3:] = -1
print(a)
print(m + a.reshape(8, 6).T.reshape(6, 8))
t = m.T.reshape(4, 12)
t[0] = 0
print(m[0], t[1], t.sum(axis=1))
c = a.reshape(2, 3, 8)
c[1, :, ::2] += 100
print(a[24:], c[:, 2], c.sum(axis=(0, 2)))
r = m.ravel()
r[7:20] = r[30:43]
print(m)
v = m[1:5, 2:6].reshape(2, 8)
v[:] = 5
print(m[1:5, 2:6], v.sum())
pairs = a.reshape(-1, 2)
print(pairs.max(axis=1), pairs[:, 0] - pairs[:, 1], pairs.mean(axis=0))
blocks = a.reshape(3, 2, 4, 2)
print(blocks.sum(axis=(1, 3)), blocks[2, 1, :, 0])
x = np.arange(36.0).reshape(6, 6)
coarse = x.reshape(3, 2, 3, 2).mean(axis=(1, 3))
print(coarse, coarse.flatten()[::2])
fine = np.zeros((6, 6))
fine.reshape(3, 2, 3, 2)[:] = coarse[:, None, :, None]
print(fine[1:4], (x - fine).sum())
y = x[::2, 1:].reshape(-1)
y[3] = 1000
print(y, x[0, 4])
q = np.arange(7)[:, None] + np.zeros(1, dtype=int)
print(q.shape, q.reshape(7), np.squeeze(q), q[np.newaxis].shape, q.reshape(1, 7)[0, 3:], q.reshape(7, 1, 1).shape)
col = x[:, 2].reshape(2, 3)
print(col, x.T[1:3].reshape(3, 4), x.reshape(-1)[5::7])
