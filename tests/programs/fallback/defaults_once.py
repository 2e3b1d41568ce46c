# Defaults are evaluated once, where the function is defined, also for copies of it in CPython.
import numpy as np

n=3
def h(x,k=n): return x+k
n=10
print(list(map(h,[1])), h(1))
def g(x,c={}):
    c[x]=1
    return len(c)
print(g("a"), list(map(g,["b"])), g("c"))
def acc(x, out=[]):
    out.append(x)
    return out
print(acc(1), acc(2), list(map(acc, [3])), acc(4))
def w(x, a=np.zeros(2)):
    a[0] += x
    return float(a[0])
print(w(1), w(2), list(map(w, [3])), w(4))
def kw(x, *, k=n*2, f=lambda x: x+n):
    return f(x) + k
n = 1
print(list(map(kw, [1, 2])), kw(1))
def outer():
    m = 5
    def inner(x, z=m + 1, *, y=[m]):
        y.append(x)
        return x + z + sum(y)
    m = 7
    print(inner(1), list(map(inner, [2])), inner(3))
    q = lambda x, z=m*2: x + z
    m = 1
    print(list(map(q, [1])), q(1))
    print(sorted([3, 1, 2], key=lambda v, z=m+1: -v * z))
outer()
def tryf(x, c=n + 100):
    try:
        return x + c
    except TypeError:
        return -1
n = 50
print(tryf(1), tryf("a"))

fs = []
for n in range(3):
    def each(x, k=n * 10):
        return x + k
    fs.append(each)
print([f(1) for f in fs], list(map(each, [1])))
