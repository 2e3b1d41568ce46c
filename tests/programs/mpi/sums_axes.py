"""Reductions along each axis of blocked arrays and of their inner views, to the last bit."""
import numpy as np


def bits(x):
    return [float(v) for v in x]


for rows, cols in ((7, 9), (9, 8), (3, 100), (100, 3), (41, 33), (5, 1000), (1000, 5)):
    a = (np.arange(rows * cols) * 7919 % 1009 / 1009.0 - 0.25).reshape(rows, cols)
    print(rows, cols, bits(a.sum(axis=0)[:4]), bits(a.sum(axis=1)[-4:]))
    v = a[1:-1, 1:-1]
    print("  view", bits(v.sum(axis=0)[:4]), bits(v.sum(axis=1)[:4]), repr(float(v.sum())), repr(float(v.mean())))
    print("  T", bits(a.T.sum(axis=0)[:3]), bits(v.T.sum(axis=1)[:3]), repr(float(a.T.sum())))
    print("  max", a.max(axis=0)[:3], a.min(axis=1)[:3], a.argmax(), v.argmin(), a.argmax(axis=1)[:5], v.argmin(axis=0)[:5])
    print("  any", (a > 0.7).any(axis=0)[:6], (v > -0.2).all(axis=1)[:6], (a < 0).sum(axis=1)[:6])
    print("  prod", repr(float((1 + v[:2] / 8).prod())), bits((1 + v / 64).prod(axis=0)[:2]))
c = (np.arange(6 * 7 * 8) * 31 % 211 / 211.0).reshape(6, 7, 8)
for axis in (0, 1, 2, (0, 1), (0, 2), (1, 2)):
    s = c.sum(axis=axis)
    print(axis, s.shape, repr(float(s.ravel()[-1])), repr(float(s.sum())), repr(float(c[1:-1, :, 2:].sum(axis=axis).sum())))
print(c.sum(axis=1, keepdims=True).shape, (c - c.mean(axis=(0, 2), keepdims=True))[2, 3])
print(c.max(axis=(1, 2)), c.min(axis=0)[3], repr(float(c[:, 3].sum())), repr(float(c[:, :, 5].sum())), repr(float(c[2].sum())))
