import numpy as np

n = 2
while n > -3:
    print(np.zeros(n))  # error-at-run-time: "ValueError: negative dimensions are not allowed"
    n -= 2
