import numpy as np

a = np.arange(3.0)
print(float(a[:1].sum()))
print(float(a))  # error-at-run-time: "TypeError: only 0-dimensional arrays can be converted to Python scalars"
