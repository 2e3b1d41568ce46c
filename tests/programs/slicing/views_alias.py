"""Views share memory with their base; copies do not."""
import numpy as np

a = np.arange(8)
v = a[2:6]
v[0] = 100
w = v[::-1]
w[0] = -5
print(a, v, w)
c = a[2:6].copy()
c[:] = 0
print(a[2:6], c)
a[3] = 33
print(v, w)
m = np.arange(12).reshape(3, 4)
t = m.T
t[0, 2] = -1
row = m[1]
row += 10
col = m[:, 2]
col *= 2
print(m, t)
r = m.reshape(4, 3)
r[0, 0] = 77
f = m.ravel()
f[5] = 55
g = m.flatten()
g[:] = 0
print(m, r[1], t.ravel()[:3])
t.ravel()[0] = 999
print(m[0, 0])
d = m[::2, ::-1]
d[1, 0] = 42
d[:, 1] = [8, 9]
print(m, d.shape)
x = m
x[0] = 0
y = m[:]
y[1, :2] = -2
print(m, x is m, y is m, y.base is not None)
e = m[0, ...]
e[1] = 5
z = m[..., 1]
print(z, np.shares_memory(z, m), np.shares_memory(g, m))
diag = m[:, :3]
for i in range(3):
    diag[i, i] = 1000 + i
print(m)
