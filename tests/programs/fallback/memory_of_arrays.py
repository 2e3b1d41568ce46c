# Whose memory an array is: only a program that runs in CPython as a whole tells it right.
import numpy as np

a = np.arange(12)
b = a.reshape(3, 4)
print(b.base is a, a.base is None, a.flags.owndata, b.T.flags["F_CONTIGUOUS"])
a.flags.writeable = False
try:
    a[0] = 1
except ValueError as error:
    print(error)
c = np.arange(3)
c.resize(5, refcheck=False)
print(c)
