# rtol=1e-14
"""The math module."""
import math
from math import pi, sqrt

print(pi, math.e, math.tau, math.inf, math.nan)
print(sqrt(2), math.exp(1.5), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000))
print(math.sin(1), math.cos(1), math.tan(1), math.asin(0.5), math.acos(0.5), math.atan(2))
print(math.atan2(-1, -2), math.sinh(0.5), math.cosh(0.5), math.tanh(0.5))
print(math.hypot(3, 4), math.pow(2, 0.5), math.fabs(-3), math.copysign(2, -0.0))
print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), math.floor(3), math.ceil(1e10 + 0.5))
print(math.fmod(-7, 3), -7 % 3, math.degrees(1), math.radians(180))
print(math.factorial(10), math.gcd(84, 36), math.comb(10, 3), math.isqrt(99), math.lcm(4, 6))
print(math.log1p(1e-10), math.expm1(1e-10), math.erf(0.3), math.gamma(5))
print(math.isclose(0.1 + 0.2, 0.3), math.modf(-3.25), math.frexp(12.0), math.ldexp(0.75, 4))
print(math.fsum([0.1] * 10), sum([0.1] * 10), math.prod([1, 2, 3, 4]), math.dist((0, 0), (3, 4)))
