import numpy as np

a = np.arange(4)
print(a[1])
print(a[1, 2])  # error-at-run-time: "IndexError: too many indices for array: array is 1-dimensional, but 2 were indexed"
