# Parts that nobody writes to, and parts of arrays that nobody else holds.
import numpy as np


def magnitude(z):
    re = z.real
    im = z.imag
    return np.sqrt(re ** 2 + im ** 2)


z = np.exp(1j * np.linspace(0, 3, 7))
print(magnitude(z).round(6))
w = (z * 2).real
w[0] = 0  # expect: native
w += 1
print(w.round(4))
for k in range(3):
    z *= 1 + 0.1j  # expect: native
    re = z.real
    print(re.round(4), z.imag.sum().round(4))
z.real[1:] = 0  # expect: native
z.imag += 2  # expect: native
print(z.round(3))
