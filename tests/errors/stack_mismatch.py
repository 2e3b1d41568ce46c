import numpy as np

a = np.ones(3)
print(np.stack([a, a]).shape)
print(np.array([np.ones(2), np.ones(3)]))  # error-at-run-time: "ValueError: setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The detected shape was (2,) + inhomogeneous part."
