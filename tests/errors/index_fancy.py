import numpy as np

a = np.arange(4)
print(a[np.array([0, -4])])
print(a[np.array([1, 7])])  # error-at-run-time: "IndexError: index 7 is out of bounds for axis 0 with size 4"
