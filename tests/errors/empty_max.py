import numpy as np

a = np.arange(4)
print(a[a > 2].max())
print(a[a > 5].max())  # error-at-run-time: "ValueError: zero-size array to reduction operation maximum which has no identity"
