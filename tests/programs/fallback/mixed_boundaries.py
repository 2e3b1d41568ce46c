"""Arrays cross between native code and Python both ways, and still alias."""
import numpy as np


def native(a, k):
    for i in range(a.shape[0]):
        a[i] = a[i] * k + i
    return a


def spread(**options):
    return sorted(options.items())


class Box:
    pass


b = Box()
b.a = np.arange(4.0)
view = b.a[1:3]
native(b.a, 2)
view[0] = -7
setattr(b, "k", 3)
print(b.a, native(b.a, b.k), view, getattr(b, "k"), hasattr(b, "z"))
print(spread(x=1, y=b.a[0]), vars(b).keys())
things = [1, "two", np.arange(3), None, (4, [5])]
for t in things:
    print(type(t).__name__, t)
things[2][0] = 99
total = 0
for t in things:
    if isinstance(t, np.ndarray):
        total += t.sum()
    elif isinstance(t, int):
        total += t
print(total, things[2])
x = np.sort(np.array([3.0, 1.0, 2.0]))
y = native(x, 1.5) + np.cumsum(x)
print(x, y, float(np.median(y)))
sums = {name: fn(y) for name, fn in (("sum", np.sum), ("max", np.max), ("last", lambda v: v[-1]))}
print(sums)
try:
    np.linalg.inv(np.zeros((2, 2)))
except np.linalg.LinAlgError as e:
    print("LinAlgError:", e)
try:
    {}["missing"]
except KeyError as e:
    print("KeyError:", e)
try:
    b.nothing
except AttributeError as e:
    print(e)
v = np.vectorize(lambda t: t * t + 1)(x)
w = np.apply_along_axis(np.sum, 0, x.reshape(3, 1))
print(v, w, np.fromiter((i * i for i in range(4)), dtype=float), np.frompyfunc(max, 2, 1)(x, 2.0))
