# Names as CPython resolves them: closures, 'global' further out, classes, branches never taken.
x = 10
def outer():
    x = 20
    def mid():
        global x
        def inner(): return x
        return inner()
    return mid()
print(outer())
t = (([1], 2), 3)
print(t)
def ff(): return ([1], 2), 3
print(ff(), ((1, 2), ([1], "a")), [(1, ([2], 3))])
def adder(a):
    def f(b):
        def g(c): return a + b + c
        return g
    return f
print(adder(1)(2)(3))
def mk(a):
    def f():
        def g(): return a
        return g
    return f
print(mk(3)()())
def make(n):
    def inner(x, k=n): return x * k
    return inner
f = make(3); print(f(2), f(2, 5), list(map(f, [1, 2])))
fs = [make(i) for i in range(3)]
print([h(2) for h in fs])
y = "g"
class C:
    y = "c"
    z = [y for _ in range(2)]
    def m(self): return y
    n = lambda self: y
print(C().m(), C().n(), C.z, C.y)
def disp(x, mode):
    if mode == "s": return x + "a"
    return x + 1
print(disp(1, "n"), disp("b", "s"))
def solve(a, b):
    if b == 0: raise ValueError("zero")
    return a / b
print(solve(1, 2))
import numpy as np
v = np.array([1,2,3])
if v.sum() < 0:
    v |= 1.5
    v.foo()
    np.zeroz(3)
    np.sum(v, axs=3)
    (lambda: 1)(3)
print(v)
