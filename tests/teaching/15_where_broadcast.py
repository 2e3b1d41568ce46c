import numpy as np

x = np.arange(3)[:, None]
y = np.arange(4)
print(np.where(x > y, x, -y))
