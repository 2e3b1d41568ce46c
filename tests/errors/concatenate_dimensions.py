import numpy as np

a = np.ones((2, 3))
print(np.concatenate([a, a]).shape)
print(np.concatenate([a, np.ones(3)]))  # error-at-run-time: "ValueError: all the input arrays must have same number of dimensions, but the array at index 0 has 2 dimension(s) and the array at index 1 has 1 dimension(s)"
