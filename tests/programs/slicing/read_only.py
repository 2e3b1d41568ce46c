# Read-only views are read, and their copies are written.
import numpy as np

a = np.arange(3)
b = np.broadcast_to(a, (2, 3))
print(b.sum(), b + 1, b.T, b[0], b.copy())
c = b.copy()
c[0, 0] = 9
print(c)
d = np.array(b)
d += 1
print(d)
e = b.reshape(6)
e[0] = 4
print(e)
f = b.astype(float)
f[1] = 2
print(f)
g = np.diag(np.arange(9).reshape(3, 3)) * 2
g[0] = 7
print(g)
h = np.diag(np.arange(9).reshape(3, 3)).copy()
h += 3
print(h)
x = np.arange(9.).reshape(3, 3)
dd = x.diagonal()
x[0, 0] = 50
print(dd, np.trace(x), dd.sum())
m = np.diag([1., 2])
m[0, 1] = 3
print(m)
