# Archives: a name known at compile time, and one that is not.
import os
import tempfile
import numpy as np

folder = tempfile.mkdtemp()
path = os.path.join(folder, "both.npz")
np.savez(path, a=np.arange(4.0), b=np.eye(2))


def sums(path):
    z = np.load(path)
    return [(name, float(z[name].sum())) for name in z.files]


print(sums(path))
with np.load(path) as z:
    print(sorted(z.keys()), z["b"])
