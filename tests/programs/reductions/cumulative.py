"""cumsum, cumprod, diff, prod, any, all, count_nonzero, with axes."""
import numpy as np

x = np.array([0.1, 0.2, 0.3, -0.4, 1e10, -1e10])
print([float(v) for v in x.cumsum()], x[:4].cumprod(), np.cumsum(x[::-1])[-1], x.cumsum()[::2])
m = np.arange(1, 13).reshape(3, 4)
print(m.cumsum(), m.cumsum(axis=0), m.cumsum(axis=1), m.T.cumsum(axis=0), m[:, ::-2].cumsum(axis=-1), m.cumprod(axis=1))
print(m.prod(), m.prod(axis=0), m[:2, 1:].prod(axis=1), np.prod([1.5, 2, 4]), np.array([], dtype=int).prod(), np.zeros(0).sum())
b = m % 3 == 0
print(b.any(), b.all(), b.any(axis=0), b.all(axis=1), (m > 0).all(), np.any(b[:, 0]), np.all(m), b.sum(axis=1), np.count_nonzero(b), np.count_nonzero(b, axis=0))
print(np.zeros(0).any(), np.zeros(0).all(), np.array([0.0, np.nan]).any(), np.array([[]]).any(axis=1), np.any([0, 0, 3]), b.any(axis=(0, 1)))
print(np.diff(m), np.diff(m, axis=0), np.diff(m[0] ** 2, n=2), np.diff(x[:3]).round(9), np.ediff1d(m[0]))
i = np.array([100, 100, 100], dtype=np.int8)
print(i.sum(), i.cumsum(), i.cumsum().dtype, i.sum(dtype=np.int8), i.prod(), np.array([True, True]).cumsum(), (i > 5).sum())
f = np.array([0.1, 0.2, 0.3], dtype=np.float32)
print(f.cumsum(), f.cumsum().dtype, f.sum(dtype=np.float64), f.prod().dtype, np.trace(m), m.trace(offset=1), np.cumsum([[1, 2], [3, 4]]))
c = np.cumsum(np.ones((2, 3, 4)), axis=1)
print(c[1, :, 2], c.sum(), np.trapezoid(np.array([1.0, 2, 4]), dx=0.5))
