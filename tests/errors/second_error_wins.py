import numpy as np

u = np.ones(6)
k = 0
for n in (2, 3, 5):
    v = u.reshape(n, -1) if n < 4 else u[: n + 1].reshape(n, 1)  # error-at-run-time: "ValueError: cannot reshape array of size 6 into shape (5,1)"
    k += v.shape[0]
    print(n, k, v.shape)
