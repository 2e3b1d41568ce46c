# Stores and reads through masks: overlapping values, rows, spread masks.
import numpy as np
a = np.arange(6.0)
a[np.array([False, True, True, True, False, False])] = a[:3]
print(a)
b = np.arange(12).reshape(4, 3)
b[np.array([False, True, True, False])] = b[:2]
print(b)
c = np.arange(6.0)
c[[1, 2, 3]] = c[:3]
print(c)
d = np.arange(10)
d[d > 3] = d[4]
print(d)
d[d > 100] = np.array([])
e = np.zeros((3, 4), dtype=bool)
e[1] = True
f = np.arange(12.0).reshape(3, 4)
f[e] = [9, 8, 7, 6]
f.T[e.T] += 0.5
print(f, f[e], f[~e].sum())
g = np.arange(24).reshape(4, 3, 2)
print(g[g[:, :, 0] % 4 == 0])
g[np.array([True, False, False, True])] = -1
g[g[:, :, 0] > 5] = np.array([1, 2])
print(g)
h = np.arange(17) % 3 == 0
print(np.arange(17)[h], np.arange(17.0)[~h], h[h], (np.arange(17) * 1j)[h])
