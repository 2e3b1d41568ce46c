# rtol=1e-14
"""Elementwise functions of one argument."""
import numpy as np

x = np.array([-2.5, -1.0, -0.0, 0.0, 0.3, 1.0, 2.5, 7.0])
print(np.abs(x), np.negative(x), np.sign(x), np.square(x), np.reciprocal(x[4:]))
print(np.floor(x), np.ceil(x), np.trunc(x), np.rint(x), np.round(x), np.fabs(x))
print(np.sqrt(np.abs(x)), np.cbrt(x), np.exp(x), np.exp2(x), np.expm1(x))
print(np.log(x[4:]), np.log2(x[4:]), np.log10(x[4:]), np.log1p(x[4:]))
print(np.sin(x), np.cos(x), np.tan(x))
print(np.arcsin(x[1:6]), np.arccos(x[1:6]), np.arctan(x))
print(np.sinh(x), np.cosh(x), np.tanh(x), np.arcsinh(x), np.arccosh(x[5:]), np.arctanh(x[2:5]))
print(np.degrees(x), np.radians(x), np.deg2rad(180), np.rad2deg(np.pi))
print(np.isnan(x / x), np.isinf(x), np.isfinite(np.array([1.0, np.inf, np.nan])), np.signbit(x))
i = np.array([-3, 0, 2, 5])
print(np.abs(i), np.sign(i), np.square(i), np.sqrt(i[1:]), np.exp(i), np.negative(i), np.floor(i).dtype, np.cos(i))
f = x.astype(np.float32)
print(np.exp(f).dtype, np.sqrt(np.abs(f)), np.abs(f).dtype, np.floor(f).dtype, np.sin(f).dtype)
print(np.round(np.array([1.2345, 2.5, -3.675]), 2), np.around(np.array([1234.5, 1550.0]), -2), np.round(2.5), np.array([0.5, 1.5]).round())
print(np.floor(2.7), np.ceil(-1.2), np.exp(0.0), np.sin(0), np.abs(-3.5), np.sqrt(16))
z = np.array([3 + 4j, -1j])
print(np.abs(z), np.conj(z), np.real(z), np.imag(z), np.angle(z), np.exp(1j * np.array([0, np.pi / 2])).round(9), np.sqrt(z))
