# reduce, accumulate and outer of ufuncs; divmod, select, clip with out.
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
x = np.arange(12.).reshape(3, 4)
print(np.select([x < 1, x > 5], [x, x * 10]), np.select([x < 1, x > 5], [0, 1], default=-1), np.select([x < 2], [x], 9))
print(np.clip(x, 1, 5), np.clip(x, a_min=2, a_max=None), x.clip(max=3), np.clip(x, 0, 1, out=x), x)
print(np.divmod(np.arange(5), 2), np.isclose([1, np.nan], [1, np.nan], equal_nan=True), np.allclose([np.nan], [np.nan], equal_nan=True))
print(np.add.reduce(f, axis=(0, 1)), np.add.reduce(a > 3), np.maximum.outer([1, 2], [0, 3]), np.add.outer(f[0], [1, 2]).shape, np.multiply.accumulate([1, 2, 3]), np.add.accumulate(a, 2))
