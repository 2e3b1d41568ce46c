import numpy as np

n = 1000
print(np.zeros((n, 2)).sum())
a = np.empty((n * n, n * n, 125))  # error-at-run-time: "numpy._core._exceptions._ArrayMemoryError: Unable to allocate 909. TiB for an array with shape (1000000, 1000000, 125) and data type float64"
print(a[0])
