"""Updates in place whose result depends on reading before writing."""
import numpy as np

a = np.arange(10.0) ** 2
a[1:-1] = (a[:-2] + a[1:-1] + a[2:]) / 3
print(a)
a[1:-1] += a[2:] - a[:-2]
print(a)
a[2:] -= a[:-2] * 0.5
print(a)
m = (np.arange(42) * 11 % 17).reshape(6, 7) * 1.0
m[1:-1, 1:-1] = m[:-2, :-2] + m[2:, 2:] - m[1:-1, 1:-1]
print(m)
m[:-1] += m[1:]
m[:, 1:] -= m[:, :-1]
print(m)
m[2:, 2:] = m[:-2, :-2] * 2 + m[2:, 2:]
m[::2] = m[::-2][:3] + 1
print(m)
t = m.T
t[1:] = 0.5 * (t[1:] + t[:-1])
m[1:4, 1:4] = m.T[1:4, 1:4]
print(m)
b = np.arange(8.0)
old = b[:]
new = b
new[1:] = old[:-1] + 1
print(b, old)
c = np.arange(5.0)
d = c
for k in range(3):
    d[1:-1] = 0.5 * (c[2:] + c[:-2]) + k
    c = c + 0
print(c, d)
s = np.arange(12.0)
e, o = s[::2], s[1::2]
e += o
o -= e
e[1:], o[:-1] = o[1:], e[:-1]
print(s)
q = np.arange(9.0).reshape(3, 3)
q -= q[1]
q /= q[2, 0] + 1
q *= q.T
print(q)
q[:, 0] = q[0]
q[q > 20] = q[1, 1]
print(q)
