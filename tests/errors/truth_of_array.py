import numpy as np

a = np.array([1.0, 2.0])
print(bool((a > 1).any()))
if a > 1:  # error-at-run-time: "ValueError: The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()"
    print("some")
