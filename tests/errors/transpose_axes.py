import numpy as np

c = np.zeros((2, 3, 4))
print(c.transpose(2, 0, 1).shape)
print(c.transpose(0, 1))  # error-at-run-time: "ValueError: axes don't match array"
