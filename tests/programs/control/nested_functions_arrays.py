"""Functions that get, change and give arrays; arrays alias their arguments."""
import numpy as np


def fill(a, value=7):
    a[1:] = value


def rebind(a):
    a = a + 1
    return a


def add_to(a, b):
    a += b


def both(a):
    return a, a * 2


x = np.zeros(4)
fill(x)
print(x)
fill(x[2:], value=-1)
print(x)
y = rebind(x)
print(x, y)
add_to(x, y)
print(x)
add_to(x[::2], 100)
print(x)
p, q = both(x)
p[0] = 0
print(x, q)
x2 = x
x2 *= 2
print(x)
x = x * 0
print(x, x2)


def apply(f, a, n=2):
    for _ in range(n):
        a = f(a)
    return a


print(apply(np.sqrt, np.array([16.0, 81.0])), apply(lambda t: t - 1, 10, n=3))


def poly(x, coeffs=(1, 0, -2)):
    r = 0
    for c in coeffs:
        r = r * x + c
    return r


print(poly(3), poly(0.5), poly(np.array([1, 2, 3])), poly(2, coeffs=[1.5, 2]))
