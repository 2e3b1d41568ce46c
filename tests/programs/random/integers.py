"""integers, choice, shuffle, permutation and the exponential family."""
import numpy as np

rng = np.random.default_rng(2024)
print(rng.integers(10), rng.integers(0, 100, 5), rng.integers(-5, 5, size=(2, 3)), rng.integers(0, 1, 3), rng.integers(1, 7, size=4, endpoint=True))
print(rng.integers(0, 2, 20), rng.integers(2**40, size=2), rng.integers(0, 255, 4, dtype=np.uint8), rng.integers(5, size=3).dtype, rng.integers(0, 9, 3, dtype=np.int32).dtype)
a = rng.integers(0, 6, 1000)
counts = np.zeros(6, dtype=np.int64)
for v in a:
    counts[v] += 1
print(counts, counts.sum(), a[:10])
print(rng.random(2), rng.integers(3, 4), type(rng.integers(9)).__name__, rng.integers(100) + 1)
b = rng.integers(0, 1000003, 20011)
print(b.sum(), b.min(), b.max(), b[::5000])
print((rng.random(9) < 0.5).astype(int), rng.integers(0, 10, 7)[::-1])
