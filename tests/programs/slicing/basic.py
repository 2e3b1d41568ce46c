"""Indices, slices, steps, negative steps, out-of-range slices, ellipsis."""
import numpy as np

a = np.arange(10) * 10
print(a[3], a[-3], a[2:5], a[:3], a[7:], a[:], a[-3:], a[:-7])
print(a[::2], a[1::3], a[::-1], a[8:2:-2], a[-1:-5:-1], a[2:8:-1], a[::-4])
print(a[5:100], a[-100:3], a[100:], a[:-100], a[4:4], a[6:3], a[100::-3], a[-100::-1])
print(a[0:0].shape, a[20:30].sum(), a[:5][1:3], a[1:][1:][1:][0], a[::2][::2], a[::-1][2:5], a[::-1][::-1])
m = np.arange(35).reshape(5, 7)
print(m[2], m[-1, -2], m[1:3, 2:5], m[:, 0], m[::2, ::3], m[::-1, ::-2], m[3:1:-1, 4])
print(m[1, ...], m[..., 1], m[...].shape, m[2:2].shape, m[:, 9:].shape, m[1:2].shape, m[1:2, 0].shape)
print(m[:, None, 0].shape, m[np.newaxis].shape, m[..., None].shape, m[None, :, None, :].shape, a[:, None][:2])
c = np.arange(60).reshape(3, 4, 5)
print(c[1], c[:, 1], c[..., 1], c[1, ..., 2], c[::-1, 1:3, ::2], c[-1, -1, -1], c[2][1][0])
print(c[:, ::-1, 0], c[0, :, None, 1:3].shape, c[..., 0, :].shape)
n = 2
print(a[n:-n], a[n - 1:n + 2], a[n * 3], a[-n], m[n:, n:].sum(), m[:-n, n:-n])
s = slice(1, 6, 2)
print(a[s], m[s, s], a[slice(None, 3)])
lo = None
print(a[lo:3], a[True:3], a[np.int64(2)], a[np.int64(1):np.int32(3)])
