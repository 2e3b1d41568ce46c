import numpy as np

a = np.arange(6)
print(a.size)
print(a.reshape(-1, -1))  # error-at-run-time: "ValueError: can only specify one unknown dimension"
