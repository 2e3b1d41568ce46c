import numpy as np

a = np.arange(10.0)
b = a[::-1]
print(((a - b) ** 2).sum())
