# args: tests/errors/data/header_only_half.npy
import sys

import numpy as np

print("loading")
b = np.load(sys.argv[1])  # error-at-run-time: "ValueError: EOF: reading array header, expected 118 bytes got 50"
print(b)
