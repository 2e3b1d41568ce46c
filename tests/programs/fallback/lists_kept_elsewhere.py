# Lists in lists, lists of calls and of tuples that CPython changes or keeps.
import bisect, random
buckets = [[], []]
def put(b, v):
    try: b.append(int(v))
    except ValueError: b.append(None)
for i, s in enumerate(["1", "x", "3"]): put(buckets[i % 2], s)
print(buckets)
bk = [[1, 5], [2]]
bisect.insort(bk[0], 3); bisect.insort(bk[1], 7); print(bk)
random.seed(1)
t = ([1, 2, 3, 4], 5)
random.shuffle(t[0]); print(t)
class Box:
    def __init__(self, l): self.l = l
    def add(self, v): self.l.append(v)
rows = [[1], [2, 3]]
Box(rows[0]).add(9); print(rows)
bx = Box(rows[1]); bx.add(7); rows[1].append(8); print(rows, bx.l)
def grid(n):
    g = [[0] * n for _ in range(n)]
    return g
g = grid(3); o = Box(g); g[0][0] = 5; o.l[1][1] = 6; print(g, o.l)
bisect.insort(l2 := [1, 3], 2); print(l2)
def f(): return [1, 2]
r = f(); d = {"r": r}; r.append(3); print(d)
class A:
    def __init__(s, x): s.x = x
    def add(s, v): s.x.append(v)
def f(n): return [i for i in range(n)]
r = f(3); a = A(r); a.add(5); print(r)
r.append(6); print(a.x)
groups = [[1, 2], [3]]; by = {}
for g in groups: by[len(g)] = g; g.append(0)
print(by)
p = [1]; w = [p, p]; d = {"w": w}
w[0].append(2); print(d, p)
w = (p, p); d = {"w": w}; p.append(2); print(d)
mm = [[1, 2]] * 2; q = {"m": mm}; mm[0][0] = 3; print(mm)
p = [1]
s = sorted([p, [3]]); s[0].append(4); print(p)
z = [[2, 3], [1]]; z.sort(); z[0].append(7); print(z)
m = max([p, [0]], key=len); m.append(1); print(p)
l = list(map(lambda v: v, [p])); l[0].append(8); print(p)
l = list(filter(len, [p])); l[0].append(9); print(p)
import numpy as np
def f(): return np.arange(2), [1]
t = f(); d = {"r": t}; t[1].append(3); print(d)
