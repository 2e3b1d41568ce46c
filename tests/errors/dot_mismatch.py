import numpy as np

a = np.ones((2, 3))
print(np.dot(a, np.arange(3)))
print(np.dot(a, np.arange(2)))  # error-at-run-time: "ValueError: shapes (2,3) and (2,) not aligned: 3 (dim 1) != 2 (dim 0)"
