# args: tests/errors/data/version_9.npy
import sys

import numpy as np

print("loading")
b = np.load(sys.argv[1])  # error-at-run-time: "ValueError: we only support format version (1,0), (2,0), and (3,0), not (9, 0)"
print(b)
