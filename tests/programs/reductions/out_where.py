# Reductions with out=, where=, initial=.
# rtol=1e-12
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
o = np.zeros(4); np.sum(f[0], axis=0, out=o); print(o); np.mean(f, axis=(0, 1), out=o); print(o); np.cumsum(o, out=o); print(o)
np.add(f[0, 0], 1, out=o); np.sqrt(o, out=o); print(o)
print(np.sum(f, where=f > 2), np.max(f, initial=3, axis=0), np.sum(a, axis=1, where=a % 2 == 0), np.mean(f, where=f > 2), np.any(f > 3, where=f > 1), np.min(f, initial=0.5))
