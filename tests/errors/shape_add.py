import numpy as np

a = np.ones((2, 3))
print("before", a.shape)
b = np.ones(2)
c = a + b  # error-at-run-time: "ValueError: operands could not be broadcast together with shapes (2,3) (2,) "
print(c)
