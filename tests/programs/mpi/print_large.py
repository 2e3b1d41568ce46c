"""Printing arrays that no rank holds whole: in full, summarized, and piece by piece."""
import numpy as np

a = np.arange(3000) * 7 % 3001
print(a)
print(a[:1000])
print(a[::-1] / 8)
m = a.reshape(50, 60)
print(m)
print(m[5:9, ::13])
print(m.T / 4)
print(a.reshape(10, 15, 20))
print(repr(a), repr(m[::10, ::20]))
f = a * 1e-3 - 1
print(f, f[1495:1505])
print(f.reshape(30, 100)[::7, :4])
print(a > 1500, (a % 2 == 0).reshape(60, 50))
print(str(a), f"{f}", "%s" % a[3:2000:300])
print(f[:8].tolist(), m[49, 57:].tolist(), list(a[10:14]))
c = a[:5] + 1j * a[5:10]
print(c, a.astype(np.float32)[::500], a.astype(np.int32)[:12])
for row in m[:3, :6]:
    print(row, row.sum())
g = f.copy()
g[1500] = np.nan
g[0] = np.inf
print(g, g[1498:1503])
h = 10.0 ** (np.arange(12) - 6)
print(h, h[:5], h * 1e10, np.arange(1001), np.arange(1000.0))
