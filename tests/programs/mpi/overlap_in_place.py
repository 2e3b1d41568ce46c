"""In-place shifts whose two sides overlap over block edges."""
import numpy as np

for k in (1, 3, 7, 12):
    a = np.arange(20) ** 2
    a[k:] = a[:-k]
    b = np.arange(20) ** 2
    b[:-k] = b[k:]
    c = np.arange(20) ** 2
    c[k:] += c[:-k]
    d = np.arange(20) ** 2
    d[:-k] -= 2 * d[k:]
    print(k, a, b, c, d)
a = np.arange(21)
a[:] = a[::-1]
a[::2] = a[10:]
print(a)
a[5:16] = a[15:4:-1] + a[:11]
print(a)
m = np.arange(90).reshape(9, 10)
m[1:, 1:] = m[:-1, :-1]
print(m)
m[:-3, 2:] += m[3:, :-2]
print(m)
m[::-1] -= m
print(m)
m[:, 4:] = m[:, :6] * 2
print(m)
m[2:8, :6] = m[2:8, :6].T
print(m)
x = np.arange(18) / 4
for step in range(5):
    x[1:-1] = x[:-2] - 2 * x[1:-1] + x[2:]
    x[3:] = x[:-3] + 1
    x[0] = x[-1]
print(x)
x[2:14] = np.maximum(x[4:16], x[:12]) + x[2:14] * 0.5
print(x)
