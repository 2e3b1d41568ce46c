"""Variables whose type or shape depends on the way taken, and loops that change types."""
import numpy as np


def pick(k):
    if k == 0:
        r = 1
    elif k == 1:
        r = 2.5
    else:
        r = np.float64(4)
    return r * 2


def shape_of(k):
    x = np.zeros(3) if k else np.zeros((2, 2))
    x += k
    return x.sum() + x.ndim


def mean(values, default=None):
    if len(values) == 0:
        return default
    return sum(values) / len(values)


for k in range(3):
    print(pick(k), end=" ")
print(shape_of(0), shape_of(5), mean([1, 2, 4]), mean([]), mean([], 0))
total = 0
for v in [1, 2, 3]:
    total += v
    if v == 2:
        total += 0.5
print(total)
total = 0
for k in range(3):
    total = total + np.arange(3)
print(total)
n = 10
while n > 1:
    n = n / 2 if n > 3 else n - 1
print(n)
best = None
for k, v in enumerate(np.array([3, 9, 4])):
    if best is None or v > best[1]:
        best = (k, v)
print(best[0], best[1])
x = 5
x = np.arange(x)
x = x.sum()
x = f"{x} as text"
print(x, len(x))
flag = np.arange(3).sum() > 2
flag = not flag
print(flag, flag + 1, bool(flag) is False)
c = 0
for k in range(4):
    c = c * 1j if k == 2 else c + k
print(c)
a = [1, 2]
b = a
a = a + [3]
b += [4]
print(a, b, [0] * 3, a * 2 == a + a)
m = 7
m //= 2
m **= 2
m /= 2
m %= 4
m -= 0.5
print(m, -7 // 2, -7 % 3, 7 % -3, -7.5 // 2, 2**-1, 10**3, round(2.5), round(3.567, 1), int(-3.9), abs(-4))
y = np.float32(0.1)
y = y + 1
z = np.int32(7) // 2
print(y, type(y).__name__, z, np.int64(2)**3, np.float64(1) / 3, 5 * np.float32(2))
i = 2**40
j = i * 2**20
print(i, j, j // 3, i & 0xFF00FF0000, j >> 50, ~i, i ^ j)
