"""Views outlive the names of their arrays; arrays live in lists, tuples and results."""
import numpy as np


def window(n):
    base = np.arange(n) * 1.5
    return base[2:-2]


def both(n):
    base = np.arange(n)
    return base, base[::2], base.reshape(2, -1).T


def maybe(flag):
    if flag:
        local = np.ones(3)
        view = local[1:]
        local[:] = 4
        return view
    return np.zeros(2)


def early(n):
    for k in range(n):
        tmp = np.full(4, float(k))
        if tmp.sum() > 10:
            return tmp[k - 2:]
    return None


def swap(a, b):
    return b, a


w = window(9)
print(w, window(6) + window(6)[::-1])
base, evens, columns = both(10)
base[4] = 99
print(evens, columns)
base = None
evens[0] = -1
print(columns[0], maybe(True), maybe(False), early(9), early(2))
views = []
for k in range(5):
    block = np.arange(6) + 10 * k
    views.append(block[k:])
    block[-1] = -k
    block = block * 2
for v in views:
    print(v, v.sum())
a, b = np.arange(3), np.arange(4) * 2
for k in range(3):
    a, b = swap(a, b)
print(a, b)
row = None
best = -1.0
m = np.arange(24).reshape(4, 6) * 5 % 7
for r in m:
    if r.sum() > best:
        best = r.sum()
        row = r
row[0] = 50
print(best, m[:, 0], row)
pair = (m[1], m[:, 2])
m = m + 1
pair[0][2] = 77
print(pair, m[1])
total = 0.0
for k in range(2000):
    t = np.ones(100) * k
    u = t[::2]
    total += u[k % 50]
print(total)
x = np.zeros(3)
for k in range(3):
    y = x
    x = x.copy()
    x[k] = k + 1
    y[k] -= 1
print(x, y)
nested = [[np.arange(2), np.arange(3)], [np.arange(4)]]
nested[0][1][1] = 9
inner = nested[0]
nested[0] = [np.zeros(1)]
print(inner[1], nested[0][0], len(nested))
