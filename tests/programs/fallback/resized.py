# What changes an array itself, not its elements.
import numpy as np

a = np.arange(4)
a.resize(2, 2)
print(a)
a.setflags(write=False)
try:
    a[0] = 1
except ValueError as e:
    print(e)
b = np.arange(4.0)
b.dtype = np.int64
print(b)
