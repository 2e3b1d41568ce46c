"""default_rng: the numbers are NumPy's own."""
import numpy as np

rng = np.random.default_rng(42)
print(rng.random(), repr(rng.random()), rng.random(3), rng.random((2, 2)), rng.random(0), rng.random(size=2))
print(rng.standard_normal(4), rng.standard_normal(), rng.standard_normal((2, 3)))
print(rng.uniform(-1, 1, 3), rng.uniform(5, 6), rng.uniform(), rng.uniform(size=(2, 1)), rng.uniform(0.5, size=2))
print(rng.normal(10, 2, 3), rng.normal(), rng.normal(loc=1.0, scale=0.1, size=(1, 2)), rng.normal(5))
print([float(x) for x in rng.random(3)])
a = np.random.default_rng(7).random(100001)
print(repr(float(a.sum())), a[::25000], a.min() >= 0, a.max() < 1)
b = np.random.default_rng(8).standard_normal(50001)
print(repr(float(b[:7].sum())), f"{b.mean():.12f} {b.std():.12f} {b.min():.12f} {b.max():.12f}", b[50000])
r1 = np.random.default_rng(seed=3)
r2 = np.random.default_rng(3)
print((r1.random(5) == r2.random(5)).all(), r1.random() == r2.random(), r1.random() == np.random.default_rng(4).random())
for seed in (0, 1, 12345678901, 2**40 + 17):
    g = np.random.default_rng(seed)
    print(seed, g.random(2), g.standard_normal(2))


def noisy(x, rng, sigma=0.1):
    return x + sigma * rng.standard_normal(x.shape)


print(noisy(np.zeros(3), rng), noisy(np.ones((2, 2)), rng, sigma=0))
f = np.random.default_rng(1).random(3, dtype=np.float32)
print(f, f.dtype)
