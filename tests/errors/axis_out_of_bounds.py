import numpy as np

m = np.ones((2, 3))
print(m.sum(axis=1))
print(m.sum(axis=2))  # error-at-run-time: "numpy.exceptions.AxisError: axis 2 is out of bounds for array of dimension 2"
