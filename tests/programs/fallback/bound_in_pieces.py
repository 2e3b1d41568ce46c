# Names bound in pieces that CPython runs, deleted names, class bodies, chosen functions.
def f(v): return 1 if v else 'a'
print([f(1), f(1)] == [1, 1], [f(1)] != [1])
import heapq; h=[1,2,3]; print([heapq.heappop(h)] == [1])
d={'a':1}; d2=dict(d); l=[d2[k] for k in d]; print(l==[1], [l] == [[1]], (l,) == ([1],), {'k': l} == {'k': [1]}, l in ([1],))
class P:
    def __init__(self, v): self.v = v
ps = [P(1), P(2)]
print([p.v for p in ps] == [1, 2])
v=[1,'a'][0]; n=[[1],[2]]; print(n.index([v]), n.count([v])); n.remove([v]); print(n)
for i in range(3):
    try: 1 // (i - 1)
    except ZeroDivisionError: bad = i
print(bad)
def g():
    for k in range(4):
        try:
            int("x" if k == 1 else "3")
        except ValueError as e:
            msg = str(e)
            err = k
    return msg, err
print(g())
for i in range(3): pass
del i
try: print(i)
except NameError as e: print(e)
def w():
    if f(0): a = 1
    else: a = 2
    del a
    for q in range(2): z = q
    del q, z
    return 5
print(w())
x = 1
try: del x
except NameError as e: print('NE', e)
try: print(x)
except NameError as e: print(e)
x = 2
print(x)
n = 3
class G: n = n * 2
print(G.n, n)
def fl(n): return (lambda: n) if n else None
print(fl(3)())
def pick(flag, n):
    def inc(): return n + 1
    def dec(): return n - 1
    return inc if flag else dec
print(pick(True, 3)(), pick(False, 3)())
def mk(m, n):
    h = None
    if m == 'add': h = lambda x: x + n
    elif m == 'mul': h = lambda x: x * n
    return h
print(mk('add', 2)(5), mk('mul', 2)(5), mk('no', 2))
from collections import defaultdict
tree = lambda: defaultdict(tree)
t = tree(); t['a']['b'] = 1
print(t['a']['b'])
import sys
print(sys.__stdout__ is not None)
def fc():
    n = 1
    class L:
        nonlocal n
        n = 2
    return n
print(fc())
