# rtol=1e-10
"""Parts of NumPy that are large libraries: fft, linalg, sorting, statistics, polynomials."""
import numpy as np

x = np.array([3.0, -1.0, 2.5, 7.0, 0.5, 2.0])
f = np.fft.fft(x)
print(f.round(6) + 0, np.fft.ifft(f).real.round(9), np.abs(np.fft.rfft(x)), np.fft.fftfreq(6, d=0.5), np.fft.fft2(x.reshape(2, 3))[0, 0], np.fft.fftshift(np.arange(5)))
m = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 5.0]])
rhs = np.array([1.0, 2.0, 3.0])
s = np.linalg.solve(m, rhs)
print(s, np.allclose(m @ s, rhs), np.linalg.det(m), np.linalg.inv(m), np.linalg.svd(m)[1], np.linalg.eigvalsh(m), np.linalg.cond(m), np.linalg.matrix_rank(m))
w, v = np.linalg.eigh(m)
print(np.allclose(v @ np.diag(w) @ v.T, m), np.linalg.lstsq(m[:, :2], rhs, rcond=None)[0], np.abs(np.linalg.qr(m)[1]), np.linalg.cholesky(m))
print(np.sort(x), np.argsort(x), np.unique(np.array([3, 1, 3, 2, 1])), np.unique([2, 2, 5], return_counts=True), np.searchsorted(np.sort(x), 2.2), np.partition(x, 2)[2], np.lexsort(([1, 2], [3, 0])))
print(np.percentile(x, 30), np.median(x), np.quantile(x, [0.25, 0.75]), np.histogram(x, bins=3), np.corrcoef(x[:3], x[3:])[0, 1], np.cov(x), np.bincount([0, 2, 2]), np.digitize(x, [0, 2, 4]))
p = np.polyfit(np.arange(6), np.arange(6.0) ** 2, 2)
print(p.round(9), np.polyval([1, -3, 2], 3), np.roots([1, -3, 2]), np.convolve([1, 2, 3], [0, 1, 0.5]), np.correlate([1, 2, 3], [0, 1]), np.cross([1, 2, 3], [3, 2, 1]))
print(np.sort(m, axis=0), np.sort(m, axis=None)[:3], np.intersect1d([1, 2, 3], [2, 3, 4]), np.isin([1, 5], [5, 6]), np.setdiff1d([1, 2], [2]), np.union1d([1], [0]))
t = np.sort(np.unique(np.round(np.abs(f), 6))) * 2
print(t, t.sum(), t[::2])
