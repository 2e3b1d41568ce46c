import numpy as np

a = np.arange(3.0)
print(a.total())  # error: "'numpy.ndarray' object has no attribute 'total'"
