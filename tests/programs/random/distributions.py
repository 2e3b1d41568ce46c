# rtol=1e-13
"""Other members of Generator, and the legacy np.random functions."""
import numpy as np

rng = np.random.default_rng(5)
print(rng.exponential(2.0, 3), rng.poisson(4, 5), rng.choice(10, 4), rng.choice([1.5, 2.5], 3), rng.permutation(6))
x = np.arange(8)
rng.shuffle(x)
print(x, rng.binomial(10, 0.3, 4), rng.gamma(2.0, 1.0, 2), rng.beta(1, 2), rng.choice(5, 3, replace=False))
np.random.seed(12)
print(np.random.rand(2), np.random.rand(), np.random.randn(2, 2), np.random.randint(0, 10, 4), np.random.random(2), np.random.uniform(0, 5))
