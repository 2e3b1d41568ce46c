# NumPy computes these; the types of the results are known, so the rest is native.
# rtol=1e-9
import numpy as np

y = np.array([1., 2., 4., 7., 11.])
g = np.outer(y, y[:3])
print(np.interp(2.5, [1, 2, 3], [3, 2, 0]), np.interp([0, 1.5, 9], [1, 2], [10, 20]), np.interp(y, [0., 5.], [0, 1]))
print(np.convolve(y, [1, 1], "valid"), np.correlate(y, [0.5, 1], mode="same"), np.searchsorted(y, 4), np.searchsorted(y, [0, 5.5]), np.digitize(y, [2, 5]), np.cross([1., 2, 3], [4, 5, 6]), np.kron(np.eye(2), [[1, 2]]))
h, e = np.histogram(y, bins=4); print(h, e, h.sum(), e[1] - e[0]); h, e = np.histogram(y, bins=[0, 3, 12], density=True); print(h, e)
print(np.einsum("ij,j->i", g, y[:3]), np.einsum("ii", g[:3]), np.einsum("i,i", y, y), np.einsum("ij->ji", g).shape, np.tensordot(g, g.T, 1).shape, np.tensordot(g, g, axes=([0], [0])), np.tensordot(y, y, 1))
print(np.pad(y, 1), np.pad(g[:2], ((1, 0), (0, 1)), mode="edge"), np.pad([1, 2], 2, constant_values=9), np.rot90(g[:2]), np.insert(y, 1, 9), np.delete(y, [0, 2]), np.delete(g, 1, axis=1), np.isin([1, 5], [5, 6]), np.intersect1d([1, 2], [2, 3]), np.union1d([1], [2.5]), np.setdiff1d([1, 2, 3], [2]))
A = np.array([[2., 1.], [1., 3.]]); b = np.array([1., 2.])
print(np.linalg.solve(A, b), np.linalg.inv(A), np.linalg.det(A), np.linalg.eigvalsh(A), np.linalg.norm(A), np.linalg.norm(b), np.linalg.norm(A, axis=1), np.linalg.norm(b, 1), np.linalg.norm(b, np.inf), np.linalg.matrix_rank(A), np.linalg.matrix_power(A, 2), np.linalg.cholesky(A), np.linalg.cond(A).round(6))
w, v = np.linalg.eigh(A); print(w, np.abs(v)); q, r = np.linalg.qr(A); print(np.abs(q @ r)); U, S, Vt = np.linalg.svd(A); print(S, (U * S @ Vt).round(6)); s, l = np.linalg.slogdet(A); print(s, l)
print(np.linalg.lstsq(A, b, rcond=None)[0], np.linalg.pinv(A).round(6), np.linalg.solve(A, np.eye(2)))
