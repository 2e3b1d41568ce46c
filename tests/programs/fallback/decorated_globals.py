# Decorators at every level; what decorated functions and methods change globally is seen.
import numpy as np
import functools
def logged(f):
    @functools.wraps(f)
    def w(*a, **k):
        print("->", f.__name__)
        return f(*a, **k)
    return w
if True:
    @logged
    def area(r):
        return PI * r ** 2
PI = 3.0
def main():
    @logged
    def local(x):
        return x + 1
    print(local(2), area(2.0))
    return [area(r) for r in np.arange(3.0)]
print(main())
class Shape:
    @logged
    def size(self): return area(1.0)
    @staticmethod
    @logged
    def unit(): return late(2)
@logged
def late(x):
    return helper(x) * np.ones(2)
def helper(x):
    return x * PI
print(Shape().size(), Shape.unit())
PI = 4.0
print(area(1.0), late(1))
def user(fn, v): return fn(v)
print(user(area, 2), list(map(area, [1, 2])))
def gen_default(n, f=helper):
    yield f(n)
print(list(gen_default(2)))
@logged
def counter():
    global hits
    hits += 1
hits = 0
counter(); counter()
print(hits)
n_calls = 0
def tick(k):
    global n_calls
    n_calls += k
class Ticker:
    def go(self):
        tick(2)
        return n_calls
a = Ticker()
print(a.go(), n_calls)
a.go()
print(n_calls)
