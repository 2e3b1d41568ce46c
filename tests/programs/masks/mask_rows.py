# Masks of fewer dimensions than the array, gathered values written back.
import numpy as np

m = np.array([True, False, True])
r = np.arange(5); r[r > 2] -= 2; print(r); r[[0, 0, 1]] += 1; print(r)
x = np.arange(12.).reshape(3, 4); x[x > 5] = x[x > 5] ** 2; print(x)
x[:, 1] = x[:, 2]; x[0] = x[1]; x[-1, ::2] = [7, 8]; x[:, -1] += np.arange(3); print(x)
x[m] = 0.5; print(x); x[m] += 1; print(x); x[m, 1] = 3; print(x)
