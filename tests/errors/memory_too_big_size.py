import numpy as np

n = 10**10
print(n)
a = np.ones((n, n))  # error-at-run-time: "ValueError: array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
print(a[0])
