"""Transposes meet their originals: every rank needs blocks of all others."""
import numpy as np

a = (np.arange(49) * 17 % 53).reshape(7, 7)
print(a + a.T)
print((a - a.T)[::2, 1:4])
b = a.T.copy()
b[2:5] += a[:3]
b[:, 1] -= a[1]
print(b)
s = np.zeros((7, 7), dtype=int)
s.T[1:3] = a[4:6]
s[5:] = a.T[:2]
print(s)
r = (np.arange(60) * 7 % 61).reshape(5, 12)
t = r.T
print(t.shape, t[3:9:2], t[:, ::-1].sum(axis=0), (t[:5] * r[:, :5]).sum())
u = t * 2.0
u[1:] += r.T[:-1] / 4
print(u[:4], u.sum())
a += a.T
print(a)
a[:] = a[::-1].T
print(a)
c = np.zeros((4, 6, 5))
for i in range(4):
    for j in range(6):
        c[i, j] = i * 100 + j * 10 + np.arange(5)
d = c.transpose(2, 0, 1)
e = np.swapaxes(c, 0, 2)
print(d.shape, e.shape, d[3, 2], e[3, :, 2], (d[:4, :, :5] - c[:, :4]).sum())
f = d + e.transpose(0, 2, 1)
print(repr(float(f.sum())), f[4, 3])
sym = (c[0][:5] + c[0][:5].T) / 2
print(sym)
