import numpy as np


def clear(row):
    row[0] = 0  # error-at-run-time: "ValueError: assignment destination is read-only"


a = np.arange(3)
b = np.broadcast_to(a, (2, 3))
print(b[1], b.sum())
clear(b.T[1])
