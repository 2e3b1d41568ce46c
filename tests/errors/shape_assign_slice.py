import numpy as np

m = np.zeros((4, 5))
m[1] = np.arange(5)
print(m.sum())
m[1:3, 2:] = np.ones((3, 2))  # error-at-run-time: "ValueError: could not broadcast input array from shape (3,2) into shape (2,3)"
