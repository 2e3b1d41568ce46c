import numpy as np

a = np.eye(3)
print((a @ a).trace())
