import numpy as np

u = np.arange(8.0)
d = u * u
print(d[2:] - d[:-2])
