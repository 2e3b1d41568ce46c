import numpy as np


def blend(a, b, c):
    t = a * b
    return t + c  # error-at-run-time: "ValueError: operands could not be broadcast together with shapes (3,4) (2,1) "


a = np.arange(4)
b = np.arange(3)[:, None]
print(blend(a, b, 1).sum())
print(blend(a, b, np.ones((2, 1))))
