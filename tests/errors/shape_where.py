import numpy as np

x = np.arange(6).reshape(2, 3)
print(np.where(x > 2, x, 0))
print(np.where(x > 2, x, np.zeros(4)))  # error-at-run-time: "ValueError: operands could not be broadcast together with shapes (2,3) (2,3) (4,) "
