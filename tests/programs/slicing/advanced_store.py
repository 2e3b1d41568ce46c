# Assignment and in-place operators through index arrays on any axis.
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
i = np.array([0, 2, 1]); j = np.array([1, 0])
m = np.array([True, False, True])
m2 = a[0] > 5
b = a.copy()
b = a.copy(); b[:, m] = [[1, 2, 3, 4]]; print(b)
b = a.copy(); b[..., [0, 2]] += 100; print(b)
b = a.copy(); b[:, [0, 1], [1, 2]] = [[-1, -2], [-3, -4]]; print(b)
b = a.copy(); b[j, :, 1] = -7; print(b)
b = a.copy(); b[:, m2] *= 2; print(b)
b = f.copy(); b[:, 1, i] = i * 0.5; print(b)
c = np.zeros((4, 4)); c[np.arange(4), np.arange(4)] = 1; c[0, [1, 2]] = 5; c[[1, 2], 0] += 3; print(c)
c[np.ix_([0, 2], [1, 3])] = 9; print(c)
c[i[:, None], j] -= 1; print(c)
