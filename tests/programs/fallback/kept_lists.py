# Lists that CPython keeps: in dicts, in attributes, by calls of classes and of methods.
import numpy as np
vals = [1, 2]
d = {}
d["v"] = vals
vals.append(3)
print(d, d["v"] is vals)
class B: pass
b = B()
w = [1.5]
b.w = w
w.append(2.5)
b.w.append(3.5)
print(w, b.w)
q = [1]
e = {"q": q}
q.append(2)
print(e)
e["q"].append(3)
print(q)
def keep(x, store={}):
    store["x"] = x
    return store
z = [7]
s = keep(z)
z.append(8)
print(s)
class C:
    def __init__(self, items): self.items = items
t = [1, 2]
c = C(t)
def f(lst):
    lst.append(5)
f(t)
print(c.items, t)
def g():
    loc = [1.0]
    k = C(loc)
    loc.append(2.0)
    k.items.append(3.0)
    return loc, k.items
print(g())
n = [[1], [2]]
cc = C(n)
n[0].append(9)
print(cc.items)
def attach(obj, h):
    obj.h = h
    h.append(1)
    return h
class O: pass
o = O()
hh = [5]
r = attach(o, hh)
r.append(2)
print(o.h, hh, r)
class Rec:
    def __init__(self):
        self.rows = []
    def add(self, row):
        self.rows.append(row)
rc = Rec()
row = [0, 0]
for i in range(3):
    row[0] += i
    rc.add(row)
print(rc.rows, row)
