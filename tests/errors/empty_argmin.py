import numpy as np

a = np.zeros(0)
print(a.sum())
print(a.argmin())  # error-at-run-time: "ValueError: attempt to get argmin of an empty sequence"
