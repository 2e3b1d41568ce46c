"""Temporaries that are read after their inputs were overwritten; nothing may be computed late."""
import numpy as np

a = np.arange(10.0)
b = a * 2
a[3:6] = -1
c = b + a
a *= 10
d = c - a + b
print(a, b, c, d)
t = a[1:] - a[:-1]
a[:] = 0
print(t, a.sum())
x = np.arange(8.0)
s = x.sum()
y = x + s
x[0] = 100
z = y * x.sum() + s
print(s, y, z)
u = np.ones(6)
v = u + 1
u = v + u
v = u + v
u += v
print(u, v)
p = np.arange(12.0).reshape(3, 4)
q = p.T * 1
r = p.T
p[1] = 0
print(q, r, (q - r).sum())
m = p.max(axis=0)
p += m
w = p - m
p[:, 0] = w[:, 1]
print(p, w)
for k in range(4):
    e = p * k
    p[k % 3] += e[(k + 1) % 3]
    f = e + p
    e[0] = f[1]
print(e, f, p)
g = np.zeros(5)
h = g
g = g + 1
h += 5
print(g, h)
i = np.arange(5)
j = i
i += 1
k = i * j
i = i - j
print(i, j, k)
once = np.where(a == 0, x[0], 1) + np.arange(10)
twice = once * once - once
once[:5] = twice[5:]
print(once, twice)
