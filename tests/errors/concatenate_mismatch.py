import numpy as np

a = np.ones((2, 3))
b = np.ones((2, 4))
print(np.concatenate([a, b], axis=1).shape)
print(np.concatenate([a, b]))  # error-at-run-time: "ValueError: all the input array dimensions except for the concatenation axis must match exactly, but along dimension 1, the array at index 0 has size 3 and the array at index 1 has size 4"
