import numpy as np

a = np.arange(5)
step = 2
print(a[::step])
print(a[::step - 2])  # error-at-run-time: "ValueError: slice step cannot be zero"
