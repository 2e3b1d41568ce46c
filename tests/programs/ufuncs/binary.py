# rtol=1e-14
"""Elementwise functions of two arguments, with broadcasting."""
import numpy as np

a = np.array([1.5, -2.0, 0.0, 9.0])
b = np.array([2.0, 3.0, -1.0, 0.5])
print(np.add(a, b), np.subtract(a, b), np.multiply(a, b), np.divide(a, b), np.true_divide(a, 2), np.power(np.abs(a), b[:2].sum()))
print(np.maximum(a, b), np.minimum(a, b), np.maximum(a, 0), np.fmax(a, np.nan), np.maximum(a, np.nan), np.clip(a, -1, 2))
print(np.arctan2(a, b), np.hypot(a, b), np.mod(a, b), np.fmod(a, b), np.floor_divide(a, b), np.copysign(a, -1))
print(np.greater(a, b), np.less_equal(a, b), np.equal(a, 9), np.not_equal(a, b), np.logaddexp(a, b), np.heaviside(a, 0.5))
i = np.array([12, 18, 7])
print(np.gcd(i, 6), np.lcm(i, 4), np.bitwise_and(i, 6), np.bitwise_or(i, 1), np.bitwise_xor(i, 3), np.left_shift(i, 1), np.right_shift(i, 1))
print(np.logical_and(i > 7, i < 18), np.logical_or(i == 7, i == 12), np.logical_not(i > 7), np.logical_xor(i > 7, i > 12))
col = np.arange(3)[:, None]
row = np.arange(4) * 10
print(col + row, np.maximum(col, row - 5), np.add.outer(np.arange(2), row), np.subtract.outer(row, col).shape)
print((np.ones((2, 1, 3)) * np.arange(4)[:, None]).shape, (np.ones((2, 3)) + np.arange(3)).sum(), np.arange(3) + np.float64(0.5))
print((a > 0) + 0, (a > 0) * b, (a > 0) * 2.5, a * (b > 0))
out = np.zeros(4)
np.add(a, b, out=out)
print(out, np.exp(a, out=out) is out, out)
print(np.add.reduce(a), np.multiply.reduce(b), np.maximum.reduce(a), np.add.accumulate(a), np.minimum.accumulate(b))
print(np.clip(np.arange(6), 2, 4), np.arange(6).clip(min=3), np.clip(5, 0, 3), np.interp([0.5, 1.5, 9], [0, 1, 2], [10, 20, 40]))
print(np.nan_to_num(np.array([np.nan, np.inf, -np.inf, 1])), np.isclose(a, a + 1e-10), np.sum(np.diff(a)), np.diff(a, n=2), np.gradient(a))
