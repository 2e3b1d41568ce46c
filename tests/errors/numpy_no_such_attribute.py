import numpy as np

a = np.zeross((3, 3))  # error: "module 'numpy' has no attribute 'zeross'"
print(a)
