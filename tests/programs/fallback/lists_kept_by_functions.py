# Lists whose element type changes after a function kept or returned them.
def store(l, d): d['l'] = l
x = [0]; d = {}
store(x, d)
x.append('s')
print(d)
y = [0]; store(y, d); y += ['a']; print(d)
def wrap(l): return (l, 1)
z = [1]; t = wrap(z); z.append('q'); print(t, z)
def clo(l): return lambda: l
z = [1]; c = clo(z); z.append('q'); print(c())
b = [1]; t = (b,)
b.insert(0, 'e')
print(t)
c = [[]]; c[0].append(1); c[0].append('a')
print(c)
G = None
def setg(l):
    global G
    G = l
z = [1]; setg(z); z.append('w'); print(G)
def two():
    r = []
    return r, r
p, q = two(); p.append(1); q.append('a'); print(p, q)
keep = []
def ka(l): keep.append(l)
k = [1]; ka(k); k.append('t'); print(keep)
