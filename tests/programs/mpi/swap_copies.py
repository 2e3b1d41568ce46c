"""Loops of the form `pn = p.copy(); p[...] = f(pn)`, with several arrays and orders."""
import numpy as np

p = (np.arange(12 * 9) * 37 % 59 / 59.0).reshape(12, 9)
b = p[::-1] * 0.1
for it in range(25):
    pn = p.copy()
    p[1:-1, 1:-1] = (pn[1:-1, 2:] + pn[1:-1, :-2] + pn[2:, 1:-1] + pn[:-2, 1:-1] - b[1:-1, 1:-1]) / 4
    p[:, -1] = p[:, -2]
    p[0] = p[1]
    p[:, 0] = p[:, 1]
    p[-1] = 0
print(repr(float(p.sum())), repr(float(pn.sum())), p[:, 4], pn[3])

u = np.ones(26)
u[8:13] = 2
history = np.zeros((6, 26))
for t in range(30):
    un = u.copy()
    u[1:] = un[1:] - 0.4 * (un[1:] - un[:-1])
    if t % 5 == 0:
        history[t // 5] = u
print(u, history[3], repr(float(history.sum())))

a, c = np.arange(15.0), np.zeros(15)
for t in range(7):
    c[1:-1] = (a[:-2] + a[2:]) / 2
    a, c = c, a
    a[0] += 1
print(a, c)

old = np.zeros((10, 10))
cur = np.zeros((10, 10))
cur[5, 4] = 1.0
for t in range(8):
    new = 2 * cur - old
    new[1:-1, 1:-1] += 0.25 * (cur[2:, 1:-1] + cur[:-2, 1:-1] + cur[1:-1, 2:] + cur[1:-1, :-2] - 4 * cur[1:-1, 1:-1])
    old = cur
    cur = new
print(repr(float(cur.sum())), repr(float((old * cur).sum())), cur[3])

q = np.arange(20.0)
keep = q.copy()
for t in range(4):
    qn = q.copy()
    q[:10] = qn[10:]
    q[10:] = qn[:10] + t
    keep += qn
print(q, qn, keep)
