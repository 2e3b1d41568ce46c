"""Slices of one array into other places of another, whose blocks lie elsewhere."""
import numpy as np

a = np.arange(31) * 2 + 1
b = np.zeros(17, dtype=int)
c = np.zeros(40, dtype=int)
b[3:15] = a[19:]
c[1:32] = a
c[20:37] += b
c[33:] = a[:7]
b[:5] = c[30:35]
a[10:20] = c[:20:2] + c[1:20:2]
print(a)
print(b)
print(c)
m = np.arange(12 * 8).reshape(12, 8)
k = np.zeros((9, 15), dtype=int)
k[1:9, 2:14] = m.T
k[:4, 11:] = m[8:, :4]
m[3:7, 1:7] = k[4:8, 9:15]
print(k)
print(m)
flat = np.zeros(20, dtype=int)
flat[2:10] = m[11]
flat[8:20] += m[:, 0]
m[:, 7] = flat[4:16]
m[0, :] = flat[12:]
print(flat, m[:, 7], m[0])
p = np.zeros((3, 14, 5))
p[1, 2:14, :] = m[:, 3:]
p[0] = p[1] * 2
p[2, :7] = p[1, 7:] - p[0, 3:10]
p[:, 13, 4] = [7, 8, 9]
print(p[0, ::4], p[2, 3:8], p[:, 13, 4], p.sum())
left, right = c[:20].copy(), c[20:]
c[:20], c[20:] = right, left
print(c)
