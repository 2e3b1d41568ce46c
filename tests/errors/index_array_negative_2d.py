import numpy as np

m = np.arange(12).reshape(3, 4)
k = -4
print(m[-3, k])
print(m[1, k - 1])  # error-at-run-time: "IndexError: index -5 is out of bounds for axis 1 with size 4"
