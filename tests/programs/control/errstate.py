# Blocks that only silence floating-point warnings stay native.
import numpy as np
from numpy import errstate


def ratio(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):  # expect: native
        r = a / b
        if np.isnan(r).any():
            return np.where(np.isnan(r), 0.0, r)
    return r


a = np.array([1.0, 0.0, -2.0])
b = np.array([0.0, 0.0, 4.0])
print(ratio(a, b), ratio(a, b + 1))
for k in range(3):
    with errstate(all="ignore"):  # expect: native
        if k == 1:
            continue
        c = np.log(b - k)
    print(k, c)
with np.errstate(divide="warn"), np.errstate(over="ignore", under="ignore"):  # expect: native
    d = b * 2
print(d)
try:
    with np.errstate(divide="raise"):
        print(1.0 / b)
except FloatingPointError as e:
    print("caught", e)
