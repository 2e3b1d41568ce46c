"""Views that are kept while the array behind them is copied, swapped and written."""
import numpy as np

p = np.arange(40.0).reshape(8, 5)
inner = p[1:-1, 1:-1]
last = p[-1]
flat = p.reshape(-1)
for it in range(6):
    pn = p.copy()
    inner[:] = (pn[2:, 1:-1] + pn[:-2, 1:-1]) / 2 + 1
    last += pn[0]
    flat[::7] -= it
print(p, inner.sum(), last, flat[:12])
copy = inner.copy()
p[3] = -1
print(copy[2], inner[2], flat[15:20])
q = p
p = p * 2
q[0] = 99
print(p[0], q[0], flat[:5], inner.base is not None)
t = q.T
t[2, 1:4] = [5, 6, 7]
print(q[:4], t[2])

a = np.zeros(18)
front, back = a[:9], a[9:]
for it in range(5):
    front += 1
    back[1:] = front[:-1] * it
    front[it] = back[-1]
    front, back = back, front
print(a, front, back)

u = np.arange(16)
saved = []
for it in range(4):
    saved.append(u[it::4])
    u[it * 2:it * 2 + 6] += 100
    w = u.copy()
    u[:8] = w[8:]
for s in saved:
    print(s)
print(u, w)
x = np.arange(11)
y = x[::-1]
z = y[2:9]
z *= -1
x[4:8] = y[4:8] + z[:4]
print(x, y, z)
