# rtol=1e-13
"""Complex arrays: arithmetic, parts, reductions, views of parts."""
import numpy as np

n = 23
k = np.arange(n)
z = (k * 7 % 11 - 5) / 3 + 1j * ((k * 5 % 13) - 6) / 7
w = z[::-1] * (1 - 2j) + 0.5
print(z[:3], (z * w)[:3], (z / (w + 3))[:3], (z - w)[1:3], (z + 1)[:2], (2 * z)[:2], (z * 1j)[:2], (-z)[:2], (z / 2)[3])
print(z.sum(), z.mean(), (z * z.conj()).real.sum(), (abs(z) ** 2).sum(), z.prod() != 0, z.cumsum()[-1], np.abs(z).max())
print((z**2)[:2], (z**3)[:2], (z**0)[:2], (z == z.conj()).sum(), (z != w).all(), np.abs(z.real - z).max().round(12))
z.real[::2] = 0
z.imag += 1
z[1] = 7
z[2:4] *= 1j
print(z[:5], z.real.sum(), z.imag[:4], np.iscomplexobj(z), z.dtype, z.conj().T[:2], z[z.real > 0].shape)
print(np.exp(z)[:2], np.sqrt(z)[:3], np.angle(z)[:2], np.log(z)[:2], np.sin(z)[:1])
m = z[:20].reshape(4, 5)
print(m.sum(axis=0), m.sum(axis=1)[:2], (m @ m.conj().T)[0, 1], m.T[1, 2], np.roll(m, 1, axis=0)[0, 0], np.where(m.imag > 1, m, 0)[0])
roots = np.exp(2j * np.pi * np.arange(5) / 5)
print(np.abs(roots.sum()) < 1e-15, (roots**5).real.round(12), np.allclose(roots, roots.conj()[[0, 4, 3, 2, 1]]))
c = np.zeros((2, 2), dtype=complex)
c[0] = [1, 2j]
c[1, 1] = 3.5
print(c, c.T.conj(), c @ c, np.array([1, 2]) * 1j, (np.arange(3) + 0j).real.dtype)
