import numpy as np

velocity = np.zeros(3)
print(velocty.sum())  # error: "name 'velocty' is not defined"
