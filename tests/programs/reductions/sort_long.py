# Sorts of long lines: negative numbers, infinities, NaNs of both signs, single precision.
import numpy as np

rng = np.random.default_rng(5)
x = rng.normal(size=500)
x[::7] = np.round(x[::7], 1)
x[3], x[70], x[200], x[333] = np.inf, -np.inf, np.nan, -np.nan
s = np.sort(x)
print(s[:5], s[-5:], np.isnan(s).sum(), (np.diff(s[:-2]) >= 0).all())
f = x.astype(np.float32)
t = np.sort(f)
print(t[:3], t[-4:], t[200:204], (t[:-2] == np.sort(f[np.argsort(-f)])[:-2]).all())
i = rng.integers(-50, 50, size=300)
print(np.sort(i)[::40], np.argsort(i, kind="stable")[:12], np.sort(i.astype(np.int32))[-3:])
m = rng.normal(size=(70, 90))
print(np.sort(m, axis=0)[::30, :3].round(4), np.sort(m)[2, ::40].round(4))
order = np.argsort(m[:, 5])
print(order[:8], (m[order, 5] == np.sort(m[:, 5])).all(), np.argmax(m, axis=0)[:6], np.argmin(m, axis=1)[:6])
z = np.array([0.0, -0.0] * 40 + [1.0, -1.0])
print(np.sort(z)[[0, -1]], np.sum(np.sort(z)), np.argsort(z, kind="stable")[:4])
print(np.median(x[:200]), m.max(axis=0)[:3].round(4), m.min(axis=1)[:3].round(4), np.abs(m).max().round(6))
c = rng.normal(size=80) + 1j * np.round(rng.normal(size=80))
print(np.sort(c)[[0, 40, 79]].round(4))
