import numpy as np

print(np.stack([np.ones(2), np.zeros(2)], axis=1))
print(np.stack([np.ones(2), np.ones(3)]))  # error-at-run-time: "ValueError: all input arrays must have the same shape"
