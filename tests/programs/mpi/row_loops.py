"""Loops that fill an array row by row or column by column, each from the one before."""
import numpy as np

n, m = 11, 13
t = np.zeros((n, m), dtype=int)
t[0] = np.arange(m)
for i in range(1, n):
    t[i] = t[i - 1] * 2 % 17 + t[i - 1, ::-1]
print(t)
p = np.zeros((n, n), dtype=int)
p[:, 0] = 1
for i in range(1, n):
    p[i, 1:] = p[i - 1, 1:] + p[i - 1, :-1]
print(p)
d = np.zeros((n, m))
for j in range(m):
    d[:, j] = np.arange(n) * j if j < 2 else d[:, j - 1] - d[:, j - 2] / 2 + j
print(d[::3], repr(float(d.sum())))
space_time = np.zeros((20, 16))
space_time[0, 6:9] = 1
for k in range(19):
    space_time[k + 1, 1:-1] = space_time[k, 1:-1] + 0.25 * (space_time[k, 2:] - 2 * space_time[k, 1:-1] + space_time[k, :-2])
    space_time[k + 1, 0] = space_time[k + 1, 1]
print(space_time[19], space_time[:, 7], repr(float(space_time.sum())))
a = np.arange(n * n).reshape(n, n) % 8 + np.eye(n, dtype=int) * 20
a = a.astype(float)
for k in range(n - 1):
    for i in range(k + 1, n):
        a[i, k + 1:] -= a[i, k] / a[k, k] * a[k, k + 1:]
        a[i, k] = 0
print(a[3], a[n - 1], repr(float(np.diag(a).sum())))
for lo in range(0, n, 4):
    hi = min(lo + 4, n)
    t[lo:hi, lo:hi] = t[lo:hi, lo:hi].T
    t[hi:, lo] = lo
print(t)
order = [7, 2, 10, 0, 5]
for r in order:
    t[r], t[n - 1 - r] = t[n - 1 - r].copy(), t[r].copy()
print(t[:, 0], t[:, 12])
for i, row in enumerate(t):
    row[i] = -i
print(t.diagonal(), t.trace(), t[4])
