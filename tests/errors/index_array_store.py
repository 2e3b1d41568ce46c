import numpy as np

m = np.zeros((2, 3))
for j in range(4):
    m[1, j] = j  # error-at-run-time: "IndexError: index 3 is out of bounds for axis 1 with size 3"
print(m)
