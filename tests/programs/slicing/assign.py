"""Assigning to slices: scalars, broadcasting, casts, elements."""
import numpy as np

m = np.zeros((3, 5))
m[1] = 2
m[:, 3] = [7, 8, 9]
m[0, :3] = np.arange(3)
m[2:, 1:3] = 0.5
m[-1, -1] = -1
print(m)
m[:] = np.arange(5)
print(m)
m[:, :2] = np.array([[10], [20], [30]])
m[::2, ::2] = m[1, 1]
print(m)
m[...] = 1
m[1:1] = 99
m[:, 2:] *= 3
m[0] -= m[1] / 2
print(m)
i = np.zeros(4, dtype=np.int64)
i[:2] = 2.7
i[2:] = np.array([1.9, -1.9])
i[1] += 5
print(i)
b = np.zeros(3, dtype=bool)
b[0] = 5
b[1:] = [0.0, 0.1]
print(b)
c = np.zeros((2, 3, 4), dtype=np.float32)
c[1, :, ::3] = np.arange(3)[:, None]
c[0] = np.arange(4)
c[:, 1] += 0.1
c[..., -1] = -c[..., 0]
print(c)
x = np.zeros(5)
for k in range(5):
    x[k] = k * k
    x[-1 - k] += 100
print(x)
x[1], x[2] = x[2], x[1]
print(x)
x[2:4] = x[0]
x[[0]] = 3
print(x, x[2:4] * 2)
y = np.empty((2, 2))
y[0, 0], y[0, 1] = 1, 2
y[1] = (3, 4)
print(y)
