"""Blocked arrays in globals that functions read and replace, in tuples, lists and arguments."""
import numpy as np

n = 18
u = np.arange(n) / 3
source = np.zeros(n)
source[5:8] = 1.0
steps_done = 0


def step(dt):
    global u, steps_done
    new = u.copy()
    new[1:-1] = u[1:-1] + dt * (u[2:] - 2 * u[1:-1] + u[:-2] + source[1:-1])
    u = new
    steps_done += 1


def fluxes():
    return u[1:] - u[:-1], u[-1], u.sum()


def best(fields):
    result = fields[0]
    for f in fields[1:]:
        if f.sum() > result.sum():
            result = f
    return result


def pair(a, b=None):
    if b is None:
        b = a[::-1]
    return a + b, a - b


for k in range(12):
    step(0.125)
    if k == 5:
        source[:] = 0
        source[-4:-1] = 2.0
flux, right, total = fluxes()
print(steps_done, flux, right, repr(float(total)))
fields = [u, u[::-1] * 1.5, source + 1, np.zeros(n)]
top = best(fields)
top[0] = -100
print(fields[1][0], fields[0][-1], [float(f[0]) for f in fields], u is fields[0])
plus, minus = pair(u)
print(plus[:4], minus[:4])
plus, minus = pair(u[3:], source[:-3])
print(plus[-3:], minus[-3:])
state = (u, source, 3)
a, b, k = state
a[k] = b[-2]
print(u[2:5], len(state))
levels = [np.arange(2 ** k) + 0.0 for k in range(6)]
for k in range(4, -1, -1):
    levels[k] += 0.5 * (levels[k + 1][::2] + levels[k + 1][1::2])
for level in levels:
    print(level.shape, level[:3], repr(float(level.sum())))
table = {"u": u, "s": source}
table["u"][1] = 50
print(u[:3], table["s"].sum())
