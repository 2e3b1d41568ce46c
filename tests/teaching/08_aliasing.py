import numpy as np

a = np.arange(6)
a[1:] = a[:-1]
v = a[::2]
v += 10
print(a)
