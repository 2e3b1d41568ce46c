# args: /tmp/lnpc_checkpoint.npy 7
"""A simulation stops, saves, loads and goes on to the same end."""
import os
import sys

import numpy as np


def steps(u, n):
    for _ in range(n):
        u[1:-1] += 0.25 * (u[2:] - 2 * u[1:-1] + u[:-2])
    return u


path = sys.argv[1]
n = int(sys.argv[2])
u = np.zeros(31)
u[9:14] = [1, 3, 2.5, 7, 0.1]
whole = steps(u.copy(), 2 * n)
np.save(path, steps(u, n))
loaded = np.load(path)
print(loaded.dtype, loaded.shape, loaded.max())
resumed = steps(loaded, n)
print((resumed == whole).all(), whole.sum(), whole[5:20:3])
np.save(path[:-4], whole)
print(os.path.exists(path), (np.load(path) == whole).all())
os.remove(path)
