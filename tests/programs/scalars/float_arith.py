"""Floats print as the shortest text that reads back; division and modulo."""
import math

print(0.1 + 0.2, 1 / 3, 2.0, 1e16, 1e15, 123456789.125, 1e-4, 1e-5, 5e-324)
print(1.7976931348623157e308, -0.0, 0.0, 100000000000000000000.0, 1e22, 1e23)
print(7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2))
print(5.0 // 0.1, 1.0 % 0.1, -1e-20 % 3, 0.0 % -3)
print(2.5**2, 2**0.5, 9**-0.5, (-8.0) ** 3, 4.0**-1)
inf = float("inf")
nan = float("nan")
print(inf, -inf, nan, inf - inf, inf > 1e308, nan == nan, nan != nan)
print(math.isnan(inf - inf), math.isinf(-inf), math.isfinite(1e308))
print(1e308 * 10, -1e308 * 10, inf * -1, 0.0 * -1)
print(1 == 1.0, 0.1 + 0.2 == 0.3, 3 < 3.5, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53)
print((0.5).is_integer(), (4.0).is_integer(), (0.75).as_integer_ratio())
x = 10
x /= 4
print(x)
x //= 1
print(x)
x **= 3
x %= 5
print(x, type(x).__name__)
