import numpy as np

a = np.zeros(3, dtype=np.int32)
a[0] = 2**31 - 1
print(a)
a[1] = 2**31  # error-at-run-time: "OverflowError: Python integer 2147483648 out of bounds for int32"
