"""Advection: upwind by the sign of the velocity, Lax-Wendroff, Burgers in place."""
import numpy as np


def upwind(u, c, cfl):
    left = u - np.roll(u, 1)
    right = np.roll(u, -1) - u
    return u - cfl * np.where(c > 0, c * left, c * right)


n = 37
x = np.arange(n) / n
u = np.where((x > 0.2) & (x < 0.5), 1.0, 0.0)
c = np.where(np.arange(n) % 10 < 7, 1.0, -0.5)
for t in range(25):
    u = upwind(u, c, 0.4)
print(repr(float(u.sum())), repr(float(u.max())), u[5:12])

b = 1 + 0.5 * ((np.arange(n) * 5 % 9) / 9 - 0.4)
for t in range(20):
    b[1:] = b[1:] - 0.3 * b[1:] * (b[1:] - b[:-1])
    b[0] = b[-1]
print(repr(float(b.sum())), [float(v) for v in b[:4]])

w = (x * (1 - x)) ** 2 * 16
nu = 0.7
for t in range(15):
    w = w - nu / 2 * (np.roll(w, -1) - np.roll(w, 1)) + nu**2 / 2 * (np.roll(w, -1) - 2 * w + np.roll(w, 1))
print(repr(float(w.sum())), repr(float(w.argmax())), w[::9])

u2 = np.ones((12, 17))
v2 = np.ones((12, 17))
u2[3:7, 4:9] = v2[3:7, 4:9] = 2
v2[5, 5] = 2.5
for t in range(12):
    un, vn = u2.copy(), v2.copy()
    u2[1:, 1:] = un[1:, 1:] - 0.2 * un[1:, 1:] * (un[1:, 1:] - un[1:, :-1]) - 0.15 * vn[1:, 1:] * (un[1:, 1:] - un[:-1, 1:])
    v2[1:, 1:] = vn[1:, 1:] - 0.2 * un[1:, 1:] * (vn[1:, 1:] - vn[1:, :-1]) - 0.15 * vn[1:, 1:] * (vn[1:, 1:] - vn[:-1, 1:])
    u2[0] = u2[-1] = v2[:, 0] = v2[:, -1] = 1
print(repr(float(u2.sum())), repr(float(v2.sum())), u2[6, 5:12], v2[8, 3:6])
