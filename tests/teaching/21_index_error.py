import numpy as np

a = np.zeros(3)
i = 5
print(a[i])
