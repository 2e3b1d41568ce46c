"""Tuple assignment, swaps, star targets, nested targets, enumerate and zip."""
import numpy as np

a, b = 1, 2.5
a, b = b, a
print(a, b)
(c, d), e = (1, "two"), [3, 4]
print(c, d, e)
first, *rest = [1, 2, 3, 4]
*init, last = (5, 6, 7)
print(first, rest, init, last)
x = y = z = 7
y += 1
print(x, y, z)
i = 0
values = [10, 20, 30]
i, values[i] = 2, 99
print(i, values)
for k, (p, q) in enumerate([(1, 2), (3, 4)], start=5):
    print(k, p, q)
for m, n in zip("abc", (1, 2)):
    print(m, n)
u = np.zeros(3)
v = np.ones(3)
u, v = v, u
u[0] = 5
print(u, v)
rows, cols = np.zeros((3, 4)).shape
print(rows, cols)
f, g = np.array([1.5, 2.5])
print(f, g)
t = 1, 2
t += (3,)
print(t, t[1], t[-1], len(t), t[1:], 3 in t, t + (9,), t * 2)
fib, nxt = 0, 1
for _ in range(10):
    fib, nxt = nxt, fib + nxt
print(fib, nxt)
