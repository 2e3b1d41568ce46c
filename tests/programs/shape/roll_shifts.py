# np.roll by arrays, lists and floats.
import numpy as np
a = np.arange(12).reshape(3, 4)
c = np.array([[0, 1], [1, 0], [-1, 0]]); f = np.arange(36.).reshape(3, 3, 4)
for i in range(3): f[i] = np.roll(f[i], c[i], axis=(0, 1))
print(f.tolist())
for v in np.array([[0, 1], [1, 2]]): print(np.roll(a, v, axis=(0, 1)).tolist())
print(np.roll(a, np.array([1, 2]), (0, 1)).tolist(), np.roll(a, np.array(1), 0).tolist(), np.roll(a, np.array(1)).tolist(), np.roll(a[0], np.array([1])).tolist())
print(np.roll(a, [1, 2], (0, 1)).tolist(), np.roll(a, [1, 2], [0, 1]).tolist(), np.roll(a, [1, 2]).tolist())
s = [1, 2]; print(np.roll(a, s, axis=(0, 1)).tolist())
print(np.roll(a, 1.5).tolist(), np.roll(a, 6 / 2).tolist(), np.roll(a, np.float64(2.0)).tolist(), np.roll(a, (1.0, 2.0), (0, 1)).tolist())
def r(x, s): return np.roll(x, s)
print(r(a[0], 4 / 2), r(a[0], 1), r(a[0], np.int64(1)), r(a[0], True))
k = max(0, a[0, 1]); print(np.roll(a, k, 1).tolist())
t = np.array([1]); print(np.roll(a, t, (0, 1)).tolist())
try:
    print(np.sum(a, axis=[0, 1]))
except TypeError as e:
    print(e)
print(np.bool_.__name__, np.int_.__name__, np.intp.__name__, np.float64.__name__, [d.__name__ for d in (np.bool_, np.int32)])
