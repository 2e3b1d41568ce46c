import numpy as np

n = 4
a = np.arange(6)
print(a.reshape(-1, 2).shape)
print(a.reshape(n, -1))  # error-at-run-time: "ValueError: cannot reshape array of size 6 into shape (4,newaxis)"
