# Options that are not compiled, and options that a part in CPython sets.
import numpy as np


class Report:
    def __init__(self, digits):
        np.set_printoptions(precision=digits, sign="+")


a = np.array([1 / 3, 2000 / 3])
print(a)
Report(2)
print(a)
np.set_printoptions(formatter={"float": "{:.1f}".format})
print(a, a * 2)
