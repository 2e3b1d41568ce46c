"""Copies share storage until one side is written; every way of writing is tried."""
import numpy as np


def fill(v):
    v[:] = -7


def fresh():
    return (np.arange(12) * 2.0).reshape(3, 4)


a = fresh()
b = a.copy()
b[1] = 0
print(a, b)
a = fresh()
b = a.copy()
a[0, 0] = -1
c = b.copy()
c += 1
print(a[0], b[0], c[0])
a = fresh()
v = a[1]
b = a.copy()
v[2] = 50
print(a[1], b[1])
b = a.copy()
fill(a[:, 1])
print(a, b)
b = a.copy()
c = b.copy()
d = c.copy()
b[0] = 1
d[2] = 3
print(a[::2], b[::2], c[::2], d[::2])
a = fresh()
b = a.copy()
w = b[1:, 1:]
a[:] = 9
w -= 100
print(a, b)
a = fresh()
saved = [a.copy()]
for k in range(3):
    a[1:-1, 1:-1] += a[:-2, 1:-1] + a[2:, 1:-1]
    a[k] = k
    saved.append(a.copy())
for s in saved:
    print(s[1])
x = np.arange(6)
y = x.copy()
x[x > 3] = 0
z = y.copy()
y[[0, 2]] = 8
z[::-1] = x
print(x, y, z)
f = fresh().flatten()
g = fresh().ravel()
f[0] = 1
g[0] = 2
h = fresh()
r = h.ravel()
r[1] = 44
t = h.T.copy()
t[0] = 5
print(f[:2], g[:2], h[0], t)
n = np.array(h)
k = np.asarray(h)
n[0, 0] = 1000
k[0, 3] = 2000
print(h[0], n[0])
old = np.zeros(5)
for step in range(6):
    new = old.copy()
    new[1:] += old[:-1] + 1
    old[0] = step
    old = new
print(old, new is old)
