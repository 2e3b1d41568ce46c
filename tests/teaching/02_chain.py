import numpy as np

a = np.arange(5.0)
print(2 * a + 1)
