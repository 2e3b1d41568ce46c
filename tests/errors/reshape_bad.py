import numpy as np

a = np.arange(6)
print(a.reshape(3, 2)[2])
print(a.reshape(4, 2))  # error-at-run-time: "ValueError: cannot reshape array of size 6 into shape (4,2)"
