import numpy as np

a = np.array([3.0, -1.0, 2.0])
a[a < 0] = 0
print(a, a[a > 2])
