"""Reads an array from a .npy file, smooths it, and writes it to another.

Each point becomes the mean of itself and its neighbours along every axis; the
points of the border stay as they are.

usage: npy_filter.py INPUT.npy OUTPUT.npy [passes]
"""
import sys

import numpy as np


def smooth1(a):
    out = a.copy()
    out[1:-1] = (a[:-2] + 2 * a[1:-1] + a[2:]) / 4
    return out


def smooth2(a):
    out = a.copy()
    out[1:-1, 1:-1] = (a[:-2, 1:-1] + a[2:, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:]
                       + 4 * a[1:-1, 1:-1]) / 8
    return out


if len(sys.argv) < 3:
    print("usage: npy_filter.py INPUT.npy OUTPUT.npy [passes]")
    sys.exit(2)

data = np.load(sys.argv[1])
print("read", data.shape, data.dtype, f"mean {data.mean():.9f}")
if data.ndim not in (1, 2):
    print("need one or two dimensions")
    sys.exit(1)

passes = int(sys.argv[3]) if len(sys.argv) > 3 else 1
result = data.astype(np.float64)
for _ in range(passes):
    result = smooth1(result) if result.ndim == 1 else smooth2(result)

np.save(sys.argv[2], result)
print("wrote", result.shape, result.dtype, f"mean {result.mean():.9f}")
