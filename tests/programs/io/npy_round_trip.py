"""np.save and np.load keep dtype, shape and values."""
import os

import numpy as np

path = "/tmp/lnpc_npy_round_trip.npy"
arrays = [
    np.arange(6) / 7,
    np.arange(12).reshape(3, 4),
    np.arange(24, dtype=np.float32).reshape(2, 3, 4),
    np.array([True, False, True]),
    np.array([1 + 2j, -0.5j]),
    np.array([[1, 2]], dtype=np.uint8),
]
for a in arrays:
    np.save(path, a)
    b = np.load(path)
    print(b.dtype, b.shape, (a == b).all(), b.sum(), os.path.getsize(path))

m = np.arange(35).reshape(5, 7)
np.save(path, m.T)
t = np.load(path)
print(t.shape, t[6, 4], t.flags["F_CONTIGUOUS"], t.sum(axis=0))
np.save(path, m[::2, 1::3])
v = np.load(path)
print(v, v.shape)
np.save(path, 3.5)
s = np.load(path)
print(s, s.shape, s.ndim, s + 1)
np.save(path, np.zeros((0, 3)))
print(np.load(path).shape)
np.save(path, np.linspace(0, 1, 100003))
big = np.load(path)
print(big.shape, repr(float(big.sum())), big[50001])
big[0] = 5
print(np.load(path)[0], np.load(path)[-1])
os.remove(path)
print(os.path.exists(path))
