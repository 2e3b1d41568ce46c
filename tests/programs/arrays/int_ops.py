"""Array //, %, **, divmod with operands of either sign."""
import numpy as np

a = np.array([7, -7, 6, -6, 0, 1])
b = np.array([3, 3, -4, -4, 5, -1])
print(a // b, a % b, a / b)
print(a // 3, a % -3, 20 // b, 20 % b, -a // 2)
print(a**2, a**3, b**0, 2 ** np.arange(6), (-1) ** np.arange(5))
f = np.array([7.5, -7.5, 0.5, -0.0])
print(f // 2, f % 2, f // -2, f % -2, f**2, np.fmod(f, 2), 2**f)
q, r = np.divmod(a, 4)
print(q, r, np.mod(a, 5), np.remainder(f, 1), np.floor_divide(a, 2))
print(a & 6, a | 8, a ^ 3, ~a, a << 2, a >> 1)
print(np.array([1, 2, 3]) ** np.array([3.0, 0.5, -1]), np.array([4.0, 9.0]) ** 0.5, np.array([2.0, -3.0]) ** 3)
print(np.array([1.0, 2.0]) ** -1, np.power(2, np.array([1, 2, 10])), np.array([0.0, 0]) ** 0)
i = np.arange(5)
i += 3
i *= i
i -= 1
i //= 2
i %= 7
i **= 2
i |= 1
i <<= 1
print(i)
x = np.arange(4) / 2
x /= 2
x **= 2
x -= x[1]
print(x, -x, +x, abs(x), x // 0.25)
