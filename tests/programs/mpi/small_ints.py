"""Blocked arrays of one and two bytes an element, signed and unsigned, that wrap."""
import numpy as np

n = 27
i = np.arange(n)
for dtype in (np.int8, np.uint8, np.int16, np.uint16, np.uint32, np.uint64):
    a = (i * 37 % 29).astype(dtype)
    s = a[2:] * a[:-2]
    t = a[::-1] + a
    print(np.dtype(dtype).name, s.dtype, s, t[::4], a.sum(), a[1:-1].max(), (a[5:] - a[:-5])[::5])
m = np.zeros((6, 5), dtype=np.uint8)
m[1:4, 2:] = 200
m[2:] += np.arange(5, dtype=np.uint8) * 50
print(m, m.sum(), m.astype(int)[::2].sum(axis=0), m.mean())
m[1:-1] = m[2:] // 2 + m[:-2] // 2
print(m, m.T[1:3], (m > 100).sum(axis=1), m.argmax())
