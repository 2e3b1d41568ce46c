import numpy as np

a = np.arange(4.0)
a += 1
print(a)
a += np.ones((3, 1))  # error-at-run-time: "ValueError: non-broadcastable output operand with shape (4,) doesn't match the broadcast shape (3,4)"
print(a)
