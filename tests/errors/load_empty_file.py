# args: tests/errors/data/empty.npy
import sys

import numpy as np

print("loading")
b = np.load(sys.argv[1])  # error-at-run-time: "EOFError: No data left in file"
print(b)
