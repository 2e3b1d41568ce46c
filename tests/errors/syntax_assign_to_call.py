import numpy as np

a = np.zeros(3)
a.sum() = 5  # error: "assign to function call"
print(a)
