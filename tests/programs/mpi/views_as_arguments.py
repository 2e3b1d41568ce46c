"""Functions that take views, write through them, and give back others."""
import numpy as np


def smooth(u, w=0.5):
    u[1:-1] = (1 - w) * u[1:-1] + w / 2 * (u[:-2] + u[2:])


def interior(u):
    return u[1:-1, 1:-1]


def split(u, k):
    return u[:k], u[k:]


def laplacian(u):
    return u[2:, 1:-1] + u[:-2, 1:-1] + u[1:-1, 2:] + u[1:-1, :-2] - 4 * interior(u)


def apply(f, u, *rest):
    f(u, *rest)
    return u.sum()


def edges(u, value):
    u[0] = u[-1] = value
    u[:, 0] = u[:, -1] = value
    return u


def add_scaled(dst, src, s=1):
    dst += s * src
    return dst


x = (np.arange(25) * 8 % 25) / 2
smooth(x)
smooth(x[::2])
smooth(x[::-1], w=0.25)
smooth(x[5:18], 1.0)
print(x)
a = (np.arange(99) * 10 % 99 / 8).reshape(9, 11)
smooth(a[3])
smooth(a[:, 4])
smooth(a)
smooth(a.T, 0.125)
print(a[3], a[:, 4], repr(float(a.sum())))
print(repr(float(apply(smooth, a[2:8, 1:9]))), repr(float(apply(smooth, a[0], 0.75))))
inner = interior(a)
inner += 0.5 * laplacian(a)
core = interior(interior(a))
core[:] = core[::-1]
edges(a, -1.0)
edges(inner, 2.0)
print(a)
lo, hi = split(x, 9)
hi[:9] = lo
lo -= hi[9:].sum()
print(x, lo, hi)
add_scaled(a[:3], a[6:], 10)
add_scaled(a[1:], a[:-1], s=0.5)
b = add_scaled(a[:, :3], a[:, 8:])
b[0, 0] = 777
print(a[:, :4], a[0, 0])
