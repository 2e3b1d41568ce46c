"""Blocked arrays of several widths: bool, int32, float32, complex, and mixtures."""
import numpy as np

n = 27
i = np.arange(n)
b = i * 5 % 7 > 2
print(b, b[::-1] & b, b[1:] ^ b[:-1], ~b[::3], b.sum(), b.any(), b[4:9].all())
for dtype in (np.int32, np.int64, np.float32, np.float64):
    a = (i * 37 % 29).astype(dtype)
    s = a[2:] * a[:-2]
    t = a[::-1] + a
    print(np.dtype(dtype).name, s.dtype, s, t[::4], a.sum(), a[1:-1].max(), (a[5:] - a[:-5])[::5])
f = (i / 8).astype(np.float32)
f[1:-1] = (f[:-2] + f[2:]) * np.float32(0.5) + f[1:-1] ** 2
print(f.dtype, f, repr(float(f.sum())), f[::-1].sum() == f.sum())
z = i + 1j * i[::-1]
z[3:] *= z[:-3].conj()
print(z[::5], z.real[4:8], z.imag[-3:], z.sum(), (z * 1j)[13], np.abs(z[:2]))
mixed = b * i + f
print(mixed.dtype, mixed[::6], (i[::-1] / 4 + b).dtype, (b + b).dtype, (f + i).dtype, (f * 2.5).dtype)
shifted = i << 2
print(shifted[::5], (i >> 1)[-4:], (i & 5)[3:12], (i | 8)[:6], i // 4 * 3 - i % 4, -i[::-2])
k = np.zeros(n, dtype=np.int32)
k[:20] = i[7:] / 2
k[20:] = b[:7]
print(k, k.dtype)
w = np.where(b, f, i)
print(w.dtype, w)
