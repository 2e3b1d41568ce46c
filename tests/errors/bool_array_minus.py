import numpy as np

a = np.array([True, False])
print(a - a)  # error: "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead."
