import numpy as np

a = np.array([1, 2, 3])
print(a ** 2)
print(a ** -1)  # error-at-run-time: "ValueError: Integers to negative integer powers are not allowed."
