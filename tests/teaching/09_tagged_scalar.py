import numpy as np

delta = 1
u = np.ones(4)
while delta > 0.1:
    u = u * 0.5
    delta = u.sum() / 4
print(delta)
