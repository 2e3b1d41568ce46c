"""Defaults, keywords, several results, early return, recursion, *args."""


def area(width, height=2, *, scale=1.0):
    return width * height * scale


print(area(3), area(3, 4), area(height=5, width=2), area(3, scale=0.5), area(1, scale=2, height=7))


def sign(x):
    if x > 0:
        return 1
    if x < 0:
        return -1
    return 0


print(sign(3.5), sign(-2), sign(0))


def stats(values):
    low = high = values[0]
    total = 0
    for v in values:
        low = min(low, v)
        high = max(high, v)
        total += v
    return low, high, total / len(values)


lo, hi, mean = stats([4, -1, 7, 2])
print(lo, hi, mean)
print(stats((2.5, 1.5)))


def nothing(x):
    x + 1


print(nothing(3))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


print(fib(20), ackermann(2, 3), is_even(10), is_odd(10))


def total(*args):
    s = 0
    for a in args:
        s += a
    return s


print(total(), total(1), total(1, 2.5, 3))
base = 10


def late():
    return base + extra


extra = 5
print(late())
base = 20
print(late())
