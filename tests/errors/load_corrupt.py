# args: tests/errors/data/not_an_array.npy
import sys

import numpy as np

print("loading")
b = np.load(sys.argv[1])  # error-at-run-time: "ValueError: This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`."
print(b)
