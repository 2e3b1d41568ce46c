# arange and linspace: steps, dtypes, end points, empty results.
import numpy as np

print(repr(np.arange(0, 1, 0.1)), repr(np.arange(5.0)), repr(np.arange(1, 10, 3)), repr(np.arange(10, 0, -3)))
print(repr(np.arange(3, dtype=float)), repr(np.arange(3, dtype=np.float32)), repr(np.arange(0.5, 4)), repr(np.arange(3, dtype=np.int32)))
print(repr(np.arange(0)), repr(np.arange(5, 2)), repr(np.arange(np.int32(4))), repr(np.arange(np.float32(3))))
print(repr(np.arange(1, 2, 0.25, dtype=np.float32)))
print(repr(np.linspace(0, 1, 5)), repr(np.linspace(0, 1, 5, endpoint=False)), repr(np.linspace(2, 3, 1)), repr(np.linspace(2, 3, 0)))
print(repr(np.linspace(0, 10, 5, dtype=int)), repr(np.linspace(5, 1, 3)), repr(np.linspace(0, 1, 3, dtype=np.float32)))
print(np.linspace(0, 1, 5, retstep=True))
print(np.linspace([0, 1], [2, 3], 3))
