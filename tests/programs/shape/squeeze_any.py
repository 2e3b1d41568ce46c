# squeeze without an axis: the number of dimensions is decided at run time.
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
print(np.squeeze(a[:1]).shape, np.squeeze(np.ones((1, 1))).shape, (np.squeeze(np.ones((1, 3))) * 2).sum(), np.ones((1, 3, 1)).squeeze() + np.arange(3))
s = np.zeros((2, 1)).squeeze(); s[0] = 4; print(s)
print(np.moveaxis(a, [0, 1], [-1, 0]).shape, np.moveaxis(a, 0, -1).shape, np.transpose(a, (1, 2, 0)).shape, a.swapaxes(0, -1).shape, np.rollaxis(a, 2).shape)
def column(x):
    return x[:, :1].squeeze() * 2

print(column(a[0]), column(a[0, :1]))
