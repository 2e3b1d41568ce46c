"""reshape, ravel, flatten, transpose, squeeze, expand_dims, swapaxes."""
import numpy as np

a = np.arange(24)
print(a.reshape(4, 6)[1], a.reshape((2, -1)).shape, a.reshape(-1, 3, 4)[1, 2], a.reshape(2, 3, -1).shape, a.reshape(-1).shape, a.reshape(24, 1)[5], np.reshape(a, (3, 8))[2, 1])
b = a.reshape(2, 3, 4)
print(b.ravel()[:5], b.flatten().shape, b.T.shape, b.T[3, 2, 1], b.transpose(1, 0, 2)[2, 1], b.transpose(0, 2, 1).reshape(2, 12)[1, :4], b.transpose().ravel()[:5], np.transpose(b, (2, 1, 0)).shape)
print(b.swapaxes(0, 1).shape, b.swapaxes(-1, 0)[1, 2], np.moveaxis(b, 2, 0).shape, np.rollaxis(b, 2).shape, np.swapaxes(b, 1, 2)[0, :, 1])
c = np.zeros((1, 3, 1))
print(c.squeeze().shape, c.squeeze(axis=0).shape, c.squeeze(-1).shape, np.expand_dims(a[:3], 0).shape, np.expand_dims(a[:3], 1).shape, np.squeeze(np.array([[7]])), np.expand_dims(b, (0, 2)).shape)
print(np.array([[1]]).reshape(()), a[:1].reshape(1, 1, 1), np.zeros((0, 4)).reshape(2, 0).shape, np.zeros((3, 0)).reshape(0, 7).shape, a.reshape(6, 4, order="F")[1], b.ravel(order="F")[:4])
print(np.atleast_1d(5), np.atleast_2d(a[:3]).shape, b.shape[1], len(b), b[0].size, b.reshape(b.shape[0], -1).sum(axis=1), b.reshape(-1, b.shape[-1]).mean(axis=0))
m = np.arange(6).reshape(2, 3)
t = m.T
t2 = t.reshape(2, 3)
t2[0, 0] = 100
print(m, t2, t.T is m, t.T.base is not None)
m.shape = (3, 2)
print(m, m.T.copy().ravel(), np.ravel([[1, 2], [3, 4]]), np.flip(m), np.flip(m, axis=0), np.fliplr(m), np.flipud(m), np.rot90(m))
