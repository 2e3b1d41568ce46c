# Elements of another type put into lists that were made elsewhere.
import numpy as np
def f(): return [1, 2]
r = f(); r.append([2]); print(r)
z = [[1], [2]]; r = z[0]; r.append([2]); print(z)
def f(n): return [0] * n
t = f(3); t[0] = 0.5; print(t)
r = np.zeros((2, 2)).tolist(); r[0][0] = -1; print(r)
def f(n): return [None] * n
t = f(3); t[0] = 5; print(t)
def mat(n):
    m = []
    for i in range(n):
        m.append([0] * n)
    return m
m = mat(3)
for i in range(3):
    for j in range(3):
        m[i][j] = (i + j) / 2
print(m)
x = "1 2".split(); x[0] = 5; print(x)
def g(r): r[0] = 7
r = [1.5, 2.5]; g(r); print(r)
l = np.arange(2.).tolist(); l.append(np.float64(1)); print(l)
class S:
    def add(self, l): l.append(3)
def fl(): return [0.5]
q = fl(); S().add(q); print(q)
