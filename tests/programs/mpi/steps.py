"""Steps and negative steps that start and end in other blocks than their neighbours."""
import numpy as np

a = np.arange(29) * 3 - 40
print(a[::2] + a[:15])
print(a[::-1] - a)
print(a[::3][::-1], a[::-2], a[1::2] * a[27::-2])
b = np.zeros(29, dtype=int)
b[::-1] = a
print(b)
b[1::2] = a[::2][:-1]
print(b)
b[::-3] += a[:10]
print(b)
b[25:3:-4] = [1, 2, 3, 4, 5, 6]
print(b)
evens, odds = a[::2], a[1::2]
print(evens[1:] + odds, evens[:-1] * odds)
m = np.arange(14 * 9).reshape(14, 9)
print(m[::3, ::-1])
print(m[::-1, ::4] - m[:, :3])
c = np.zeros((14, 9), dtype=int)
c[::2, 1::2] = m[7:, :4]
c[1::2, ::-2] = m[:7, 4:]
print(c)
c[::-1] += m
c[:, ::-1] -= m
print(c)
f = np.zeros(12)
fine = np.arange(24.0) ** 2
f[:] = (fine[::2] + fine[1::2]) / 2
coarse = (f[::2] + f[1::2]) / 2
print(f, coarse)
up = np.zeros(24)
up[::2] = f
up[1:-1:2] = (f[:-1] + f[1:]) / 2
up[-1] = f[-1]
print(up, (up - fine)[::5])
