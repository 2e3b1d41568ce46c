import numpy as np

a = np.ones((2, 3))
b = np.ones((4, 5))
print((a @ b[:3]).shape)
print(a @ b)  # error-at-run-time: "ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 4 is different from 3)"
