import numpy as np

a = np.arange(4)
m = np.array([True, False, True])
print(a[:3][m])
print(a[m])  # error-at-run-time: "IndexError: boolean index did not match indexed array along axis 0; size of axis is 4 but size of corresponding boolean axis is 3"
