"""Calls, subscripts and operands happen from left to right, stores last."""
import numpy as np

log = []


def note(name, value):
    log.append(name)
    return value


a = np.zeros(6)
a[note("index", 2)] = note("value", 7.0)
print(log, a)
log.clear()
x = note("a", 1) + note("b", 2) * note("c", 3)
print(x, log)
log = []
lo, hi = note("first", 1), note("second", 4)
a[note("lo", lo):note("hi", hi)] += note("right", 1.5)
print(a, log)
i = 0
i, a[i] = 3, 9.0
print(i, a)
a[i], i = i * 10.0, 1
print(i, a)
b = np.arange(5)
b[1], b[2], b[3] = b[3], b[1], b[2]
print(b)
b[0], b[1:3] = b[4], b[2:4]
print(b)
n = 3
values = [n := n + 1, n * 2, (n := 10), n]
print(values, n)


def bump(arr, by):
    arr += by
    return arr.sum()


c = np.ones(4)
total = bump(c, 1) + c.sum() + bump(c, 2) * 2 + c[0]
print(total, c)
d = c * bump(c, 1) + c
print(d, c)
calls = [0]


def counted(v):
    calls[0] += 1
    return v


if counted(False) and counted(True) or counted(3) > 2:
    print("taken", calls[0])
y = counted(1) if counted(0) else counted(2)
print(y, calls[0], 1 < counted(2) < counted(3) < counted(1) < counted(9), calls[0])
e = np.arange(4)
for k in range(len(e)):
    e[k], e[-1 - k] = e[-1 - k], e[k] + 1
print(e)
f = e
f = f + f[::-1]
f[f[0] % 4] = f[1] - 100
print(e, f)
