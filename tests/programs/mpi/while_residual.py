"""Loops that go on until a reduction of a blocked array says so: all ranks leave together."""
import numpy as np

u = np.zeros((12, 15))
u[0] = np.arange(15) / 14.0
u[:, 0] = 1.0
n = 0
delta = 1.0
while delta > 1e-3:
    old = u.copy()
    u[1:-1, 1:-1] = 0.25 * (u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2])
    delta = np.max(np.abs(u - old))
    n += 1
print(n, repr(float(delta)), repr(float(u.sum())), u[5])

v = np.zeros(33)
v[10] = 1.0
steps = 0
while v.max() > 0.2 and steps < 500:
    v[1:-1] += 0.3 * (v[:-2] - 2 * v[1:-1] + v[2:])
    steps += 1
    if np.abs(v).sum() < 0.5:
        break
print(steps, repr(float(v.max())), repr(float(v.sum())), v.argmax())

l1 = 1.0
p = np.zeros((9, 9))
b = np.zeros((9, 9))
b[2, 6], b[6, 2] = 1.0, -1.0
its = 0
while True:
    pn = p.copy()
    p[1:-1, 1:-1] = 0.25 * (pn[1:-1, 2:] + pn[1:-1, :-2] + pn[2:, 1:-1] + pn[:-2, 1:-1] - b[1:-1, 1:-1])
    its += 1
    num = np.sum(np.abs(p - pn))
    den = np.sum(np.abs(pn))
    if its > 3 and num / den < 1e-2:
        break
print(its, repr(float(num / den)), p[2])

wall = np.arange(41) % 9 == 4
label = np.arange(41)[::-1] * 3 % 41
rounds = 0
changed = True
while changed:
    new = label.copy()
    new[1:] = np.where(wall[1:], new[1:], np.minimum(new[1:], label[:-1]))
    changed = bool((new != label).any())
    label = new
    rounds += 1
print(rounds, label)
k = 0
a = np.ones(21)
while not np.all(a > 5) and k < 100:
    a[k % 21:] *= 1.5
    a[:k % 5] += 1
    k += 1
print(k, a.min(), a.max(), np.isfinite(a).all())
