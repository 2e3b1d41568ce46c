"""Complex arrays."""
import numpy as np

a = np.array([1 + 2j, -3.5 - 0.25j, 0])
print(a, a.real, a.imag, a.dtype)
print(np.array([[1j, 2], [3 - 1j, 0.5 + 100j]]))
print(repr(a), np.array(2 - 1j), np.zeros(2, dtype=complex))
print(np.array([complex(np.nan, 1), complex(np.inf, -np.inf)]))
print(np.array([1e-10 + 1j, 1e10 - 1j]), np.array([1 + 1e-5j]))
print(a[0], repr(a[1]), [a[2]], abs(a[0]), a.conj()[1])
print(np.array([0.1 + 0.2j], dtype=np.complex64), a.astype(np.complex64) / 3)
print(np.array([-0.0 + 0j, complex(1, -0.0)]))
