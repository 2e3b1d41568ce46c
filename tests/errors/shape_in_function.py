import sys

import numpy as np


def combine(u, v):
    w = u * 2
    return w[1:] * v[:-2] + 1  # error-at-run-time: "ValueError: operands could not be broadcast together with shapes (4,) (3,) "


n = 5 + len(sys.argv) - 1
print("n =", n)
print(combine(np.ones(n), np.arange(n)))
