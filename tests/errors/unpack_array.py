import numpy as np

a, b = np.arange(2)
print(a, b)
x, y = np.arange(3)  # error-at-run-time: "ValueError: too many values to unpack (expected 2)"
print(x)
