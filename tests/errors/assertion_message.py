import numpy as np


def check(u):
    total = u.sum()
    assert total < 10, f"total is {total:.1f}"  # error-at-run-time: "AssertionError: total is 12.0"
    return total


print(check(np.ones(3)))
print(check(np.full(4, 3.0)))
