import numpy as np

rng = np.random.default_rng(1)
print(rng.integers(3, 5))
print(rng.integers(5, 5))  # error-at-run-time: "ValueError: low >= high"
