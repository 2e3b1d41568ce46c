import numpy as np

x = np.arange(6.0)
s = x * 2
t = s + 1
print(s, t)
