import numpy as np

x = np.arange(9.0).reshape(3, 3)
d = x.diagonal()
x[0, 0] = 50
print(d)
d *= 2  # error-at-run-time: "ValueError: output array is read-only"
