"""Reductions of empty, zero- and one-element arrays; keepdims; out-of-order axes."""
import numpy as np

e = np.zeros((0, 3))
print(e.sum(), e.sum(axis=0), e.sum(axis=1), e.sum(axis=1).shape, e.prod(axis=0), e.any(), e.all(axis=0), np.zeros((2, 0)).sum(axis=1))
o = np.array(4.5)
print(o.sum(), o.max(), o.mean(), o.ndim, o.sum().ndim, np.sum(3), np.max(2.5), np.mean(7), np.sum([1, 2, 3]), np.sum([[1.5], [2]]))
one = np.array([[-2.0]])
print(one.sum(), one.sum(axis=0), one.min(axis=1), one.std(), one.argmax(), one.cumsum())
z = np.array([-0.0, -0.0])
print(z.sum(), z[:1].sum(), z[:0].sum(), z.prod(), np.array([-0.0, 0.0]).sum(), z.mean())
m = np.arange(24).reshape(2, 3, 4)
print(m.sum(axis=(2, 0)), m.sum(axis=(-1, -3)), m.sum(axis=()).shape, m.sum(axis=None), m.max(axis=(0, 1), keepdims=True), m.sum(axis=0).sum(axis=0).sum())
print(np.sum(m, axis=1, keepdims=True).shape, np.sum(m, 2).shape, m.mean((0, 1)), np.sum(m[:, 1:], axis=-2), np.sum(a=m), np.sum(m, initial=100), np.sum(m, where=m % 2 == 0))
print(sum(np.arange(4)), sum(m[0, 0].astype(float)), np.sum(x for x in [1, 2]) if False else "no", np.linalg.norm([3.0, 4.0]))
n = np.full((3, 9), -0.0)
print(n.sum(axis=0)[:2], n.sum(axis=1), n[:, :3].sum(axis=1), n.T.sum(axis=1)[:2], n.prod(), n.cumsum()[:3], n.max(), n[1:, 1:].sum())
