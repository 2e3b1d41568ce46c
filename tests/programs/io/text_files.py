"""open, read, write, savetxt, loadtxt, savez."""
import os

import numpy as np

path = "/tmp/lnpc_text_files.txt"
with open(path, "w") as f:  # expect: fallback
    for i in range(4):
        f.write(f"{i} {i * i / 4:.3f}\n")
with open(path) as f:  # expect: fallback
    lines = f.readlines()
print(len(lines), lines[2].strip())
data = np.loadtxt(path)
print(data.shape, data[:, 1].sum(), data)
np.savetxt(path, data * 2, fmt="%.2f", delimiter=",")
print(open(path).read())
print(np.genfromtxt(path, delimiter=",")[3])
np.savez("/tmp/lnpc_text_files.npz", a=data, b=np.arange(3))
z = np.load("/tmp/lnpc_text_files.npz")
print(z["a"].shape, z["b"], sorted(z.files))
data.tofile(path)
print(np.fromfile(path).shape, os.path.getsize(path))
os.remove(path)
os.remove("/tmp/lnpc_text_files.npz")
