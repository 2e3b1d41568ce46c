"""One name, values of several types; ints that become floats."""
import numpy as np

x = 1
print(x)
x = x / 2
print(x)
x = "text"
print(x)
x = np.arange(3) + 0.5
print(x)
x = x.sum()
print(x)

udiff = 1
n = 0
while udiff > 0.01:
    udiff = udiff / 3
    n += 1
print(n, f"{udiff:.8f}")

total = 0
for i in range(5):
    if i == 3:
        total += 0.5
    else:
        total += i
print(total)


def half(n):
    return n // 2 if n % 2 == 0 else n / 2


for n in (4, 5, -3, 0):
    print(half(n), end=" ")
print()

value = 3
for i in range(4):
    if i > 1:
        value = value * 1.0
    print(value, end=" ")
print()

best = None
for v in [3.5, -1.0, 8.25]:
    if best is None or v > best:
        best = v
print(best)
m = 0
a = np.array([2.0, 7.0, 3.0])
for i in range(3):
    m = max(m, a[i])
print(m, repr(m))
