"""Shifts by less and by more than a block, to both sides, in one and two dimensions."""
import numpy as np

n = 23
a = (np.arange(n) * 7) % 23 + 0.5
for k in (1, 2, 5, 6, 8, 11, 12, 17, 22):
    b = np.zeros(n)
    b[k:] = a[:-k]
    c = np.zeros(n)
    c[:-k] = a[k:]
    d = b - 2 * c
    print(k, d)
for k in (1, 6, 13):
    s = a[k:] - a[:-k]
    print(k, s.shape, s)
m = (np.arange(13 * 11) * 31 % 97).reshape(13, 11)
for di, dj in ((1, 0), (0, 1), (4, 3), (7, 9), (12, 10), (3, 6)):
    b = np.full(m.shape, -1)
    b[di:, dj:] = m[:13 - di, :11 - dj]
    c = np.full(m.shape, -2)
    c[:13 - di, dj:] = m[di:, :11 - dj]
    e = b * 3 + c
    print(di, dj, e.sum(), e[:, 5], e[6])
far = a[20:] + a[:3] * a[10:13] - a[5:8]
print(far)
w = a[2:-2] * 6 - (a[:-4] + a[4:]) - 4 * (a[1:-3] + a[3:-1])
print(w)
z = np.zeros(n)
z[9:14] = a[:5] + a[-5:]
z[0] = a[-1]
z[-1] = a[0]
print(z)
