"""mean, var, std, with axis, ddof and keepdims, to the last bit."""
import numpy as np


def show(name, *values):
    print(name, *[repr(float(v)) for v in values])


for n in (1, 2, 7, 8, 9, 129, 1000, 8193):
    x = ((np.arange(n) * 7919) % 1009) / 1009.0 + 10
    show(f"{n}", x.mean(), x.var(), x.std(), (x[::-1] * 2).std())
    if n > 1:
        show("  ddof", x.var(ddof=1), np.std(x, ddof=1), x[::2].var())

a = (((np.arange(23 * 37) * 7919) % 1009) / 1009.0).reshape(23, 37)
show("2d", a.mean(), a.var(), a.std(), a[1:-1, 1:-1].var(), a.T.std())
v0, v1 = a.var(axis=0), a.std(axis=1)
show("axis", v0[0], v0[-1], v0.sum(), v1[0], v1[-1], v1.sum(), a.T.var(axis=0)[3], a.var(axis=-1, ddof=1)[5])
print(a.mean(axis=0, keepdims=True).shape, a.std(axis=1, keepdims=True).shape, np.mean(a, axis=1).shape)
normed = (a - a.mean(axis=0)) / a.std(axis=0)
show("normed", abs(normed.mean(axis=0)).max() < 1e-14, normed.std(axis=0).mean().round(12))
i = np.array([[1, 2], [3, 4], [6, 8]])
print(i.mean(), i.mean(axis=0), i.var(axis=1), np.median(i), np.average(i, axis=0), np.average([1, 2, 3], weights=[3, 2, 1]))
f = a.astype(np.float32)
print(f.mean(), f.var(), f.std(axis=0)[0], f.mean(dtype=np.float64), f.mean(axis=1)[:2])
b = a > 0.5
print(b.mean(), b.sum(), b.mean(axis=1)[:3], b.std(), repr(b.mean()))
