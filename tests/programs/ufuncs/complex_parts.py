# Parts of complex arrays are views: kept under a name, they see what is written to the array.
import numpy as np


def magnitude(z):
    re = z.real
    im = z.imag
    return np.sqrt(re ** 2 + im ** 2)


def fill(view, value):
    view[...] = value


z = np.arange(6).reshape(2, 3) * (1 + 2j)
print(magnitude(z).round(6))
r = z.real
z[0] = 100
print(r)
r[1, 0] = -7
r += 1
print(z, r)
fill(z.imag, 3)
fill(z.real[0], np.arange(3))
print(z)
re, im = z.real, z.imag
im[:, 1] = 4
re *= 2
print(z, re, im)
