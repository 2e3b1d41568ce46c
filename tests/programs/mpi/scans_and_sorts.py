"""Running sums, differences, sorts and searches, whose results need the whole array in order."""
import numpy as np

a = (np.arange(43) * 19 % 43) / 8 - 2
c = np.cumsum(a)
print(c, repr(float(c[-1])))
print((c[5:] - c[:-5]) / 5)
print(np.diff(a)[::4], np.diff(a, n=2)[::5], np.cumprod(1 + a[:9] / 16))
m = a[:42].reshape(6, 7)
print(m.cumsum(axis=0)[4], m.cumsum(axis=1)[:, 5], np.diff(m, axis=0)[2], np.diff(m, axis=1)[:, 3])
print(np.sort(a)[::6], np.argsort(a)[::6], np.sort(m, axis=0)[3], np.sort(m, axis=1)[2])
s = np.sort(a)
print(np.searchsorted(s, [-2, 0.1, 3.3]), np.median(a), s[len(s) // 2], np.unique((a * 2).astype(int)))
print(np.maximum.accumulate(a)[::5], a.argmax(), a.argmin(), np.flatnonzero(a > 2.5))
h = np.bincount(np.arange(43) ** 2 % 7)
print(h, np.histogram(a, bins=4)[0], np.interp([0.5, 10.25, 41.75], np.arange(43), a))
t = np.trapezoid(a) if hasattr(np, "trapezoid") else 0.0
print(repr(float(t)), np.flip(a)[:3], a[::-1].cumsum()[-1])
i = np.arange(30) * 11 % 30
ranks = np.empty(30, dtype=int)
ranks[np.argsort(i)] = np.arange(30)
print((ranks == i).all(), i.cumsum()[::7], np.cumsum(i % 2 == 0)[-1])
