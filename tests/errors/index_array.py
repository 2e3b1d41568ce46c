import numpy as np

a = np.arange(3)
i = 0
while i < 10:
    print(a[i])  # error-at-run-time: "IndexError: index 3 is out of bounds for axis 0 with size 3"
    i += 1
