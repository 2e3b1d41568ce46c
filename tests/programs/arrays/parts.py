# real and conj of reals are the array itself; of complex numbers their parts.
import numpy as np

v = np.arange(4.)
r = v.real
r[1] = 9
w = v.conj()
w[0] = -1
print(v, np.real(v) is v, np.conj(v), v.imag)
z = v + 1j
print(z.real, z.imag, np.real(2.5), np.imag(3), np.real(1 + 2j), np.abs(z[:2]), np.conj(z))
k = np.conj(v)
k[0] = 77
print(v)
