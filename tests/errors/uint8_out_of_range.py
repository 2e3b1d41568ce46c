import numpy as np

image = np.full(3, 250, dtype=np.uint8)
print(image + 5)
print(image + 300)  # error-at-run-time: "OverflowError: Python integer 300 out of bounds for uint8"
