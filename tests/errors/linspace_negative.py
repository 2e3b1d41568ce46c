import numpy as np

n = 3
print(np.linspace(0, 1, n))
print(np.linspace(0, 1, n - 5))  # error-at-run-time: "ValueError: Number of samples, -2, must be non-negative."
