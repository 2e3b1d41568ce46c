# What is broadcast is read-only on the other side too; a view of one row is not.
import numpy as np
bc = np.broadcast_to(np.arange(3), (2, 3))
h = {"bc": bc}
print(h["bc"].sum(), h["bc"].flags.writeable)
try:
    h["bc"][0] = 1
except ValueError as x:
    print(x)
y = h["bc"] * 2 + bc
print(y, h["bc"][1:].sum())
z = np.zeros((1, 4))
h["z"] = z
h["z"][0, 1] = 3
print(z)
