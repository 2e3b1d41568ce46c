"""Positions of extremes with ties and nans in several blocks, and infinities in sums."""
import numpy as np

a = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 1])
print(a.argmax(), a.argmin(), a[::-1].argmax(), a[::-1].argmin(), a[6:].argmax(), a[4:].argmin(), a[::2].argmax())
m = a[:20].reshape(5, 4)
print(m.argmax(), m.argmax(axis=0), m.argmin(axis=1), m.T.argmax(axis=0), m[::-1].argmin(axis=0), m[:, ::-1].argmax(axis=1))
f = a / 2
for where in ((), (21,), (7, 13), (0, 19)):
    g = f.copy()
    for k in where:
        g[k] = np.nan
    print(where, g.argmax(), g.argmin(), g.max(), g.min(), np.nanmax(g), np.nanmin(g), np.isnan(g).sum(), np.nansum(g))
    print(g[3:9].max(), np.maximum(g, 3)[::5], (g > 3).sum(), g.sum(), (g == g).all())
h = f.copy()
h[4] = np.inf
print(h.max(), h.sum(), h.argmax(), h.min())
h[17] = -np.inf
print(h.sum(), h.min(), h.argmin(), np.isinf(h).sum(), np.isfinite(h)[3:6])
z = np.array([0.0, -0.0] * 6)
print(z, z.max(), z.min(), z.sum(), np.sign(z)[:3], -z[:2])
k = np.where(f == f.max())[0]
print(k, f[k], np.ptp(a), a.max() - a.min(), a[np.argsort(a, kind="stable")], np.sort(a)[::-1][:4])
best = -1
for i in range(len(a)):
    if best < 0 or a[i] > a[best]:
        best = i
print(best, max(range(len(a)), key=lambda j: a[j]), int(a[best]))
