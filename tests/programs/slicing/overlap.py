"""Assignments whose two sides overlap behave as if the right were copied."""
import numpy as np

a = np.arange(8)
a[1:] = a[:-1]
print(a)
a = np.arange(8)
a[:-1] = a[1:]
print(a)
a = np.arange(8)
a[:] = a[::-1]
print(a)
a = np.arange(9)
a[:5] = a[::2]
print(a)
a = np.arange(8)
a[2:6] += a[:4]
print(a)
a = np.arange(8)
a[:4] += a[2:6]
print(a)
a = np.arange(8)
a[1:] += a[:-1]
print(a)
a = np.arange(8.0)
a[1:-1] = (a[:-2] + a[2:]) / 2 + a[1:-1] ** 2
print(a)
m = np.arange(16).reshape(4, 4)
m[1:, 1:] = m[:-1, :-1]
print(m)
m = np.arange(16).reshape(4, 4)
m[:] = m.T
print(m)
m = np.arange(16).reshape(4, 4)
m += m.T
print(m)
m = np.arange(16).reshape(4, 4)
m[::-1] -= m
print(m)
m = np.arange(16).reshape(4, 4)
m[:, 1:] = m[:, :-1] + m[:, 1:]
print(m)
m[0], m[3] = m[3], m[0]
print(m)
m[:, 0], m[:, 1] = m[:, 1].copy(), m[:, 0].copy()
print(m)
u = np.arange(5)
v = u[::-1]
u[:] = v + u
print(u, v)
w = np.arange(6)
w[1:5] = w[4:0:-1]
print(w)
w[w[2]:] = w[:3]
print(w)
