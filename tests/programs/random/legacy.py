# The module-level functions of numpy.random.
# rtol=1e-12
import numpy as np

np.random.seed(3); print(np.random.rand(3), np.random.randn(2, 2), np.random.randint(0, 10, 5), np.random.rand(), np.random.uniform(1, 2, (2,)), np.random.normal(0, 1, 2), np.random.choice([1, 2, 3], 2), np.random.permutation(4), np.random.random(2), np.random.randint(5))
x = np.arange(4.); np.random.shuffle(x); print(x, np.random.choice(5, 3, replace=False), np.random.normal(size=3), np.random.randint(3, size=(2, 2)))
