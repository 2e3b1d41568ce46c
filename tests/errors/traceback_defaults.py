import numpy as np


def pick(x, k=3, s="a"):
    y = np.zeros(k)
    return y[x]  # error-at-run-time: "IndexError: index 5 is out of bounds for axis 0 with size 3"


def chosen(k):
    print("chosen")
    return pick(
        k
    )


print(pick(1))
chosen(5)
