import numpy as np

c = np.zeros((1, 3))
print(c.squeeze(axis=0).shape)
print(c.squeeze(axis=1))  # error-at-run-time: "ValueError: cannot select an axis to squeeze out which has size not equal to one"
