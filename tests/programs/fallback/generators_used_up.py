# Generator expressions: used up at once, up to the element that decides, or one by one.
def p(x): print("p", x); return x > 1
print(any(p(x) for x in [1, 2, 3]))
print(all(p(x) for x in [2, 1, 3]))
print(any((w := s) == "b" for s in "abc"), w)
print(any(10 // x > 3 for x in [2, 0]))
def g(it): return sum(it), list(it)
print(g(x for x in [1, 2]))
x=[0]; x.extend(v+len(x) for v in [1,2]); print(x)
x.extend((i, j) for i in range(2) for j in range(2)); print(x)
l = [3, 4, 5]
print(next(x for x in [5, 6]), next((v for v in l if v > 10), -1))
l = []; l += (v for v in range(3)); print(l)
print(any(i * j == 6 for i in range(10) for j in range(10) if p(j)))
print(all(r for r in []), any(r for r in []), any(i > j for i in range(3) for j in range(3)))
print(all(a < b for a, b in zip(l, l[1:])), any(c.isdigit() for c in "ab1"), all(isinstance(v, int) for v in l))
def f(n):
    return all(n % k for k in range(2, int(n ** 0.5) + 1))
print([n for n in range(2, 50) if f(n)])
m = [[1, 2], [3, 4]]
print(any(v > 3 for row in m for v in row), all(v > 0 for row in m for v in row), all(all(v > 1 for v in row) for row in m))
print(sum(v * v for v in l), max(v for v in l), sorted(-v for v in l), list(v for v in l), tuple(v for v in l), ",".join(str(v) for v in l), set(v % 2 for v in l), dict((v, v) for v in l))
import numpy as np
a = np.arange(5)
print(any(v > 3 for v in a), all(v >= 0 for v in a), np.array([v for v in a]), min((v for v in l), default=3))
y = [1]
y2 = y
y += (v for v in range(2))
print(y2 is y, y2)
def p(x): print("p", x); return x > 1
for a,b in zip(map(p,[1,2]), (p(x) for x in [5,6,7])): print(a, b)
print(type(v for v in [1]).__name__)
l=[3,4]; it=iter(l); next(it); l.append(5); print(list(it))
