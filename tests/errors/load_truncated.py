# args: tests/errors/data/truncated.npy
import sys

import numpy as np

print("loading")
b = np.load(sys.argv[1])  # error-at-run-time: "ValueError: Failed to read all data for array. Expected (100,) = 100 elements, could only read 98 elements. (file seems not fully written?)"
print(b)
