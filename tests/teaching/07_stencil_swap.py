import numpy as np

p = np.zeros((5, 4))
p[2, 1] = 1.0
for n in range(3):
    pn = p.copy()
    p[1:-1, 1:-1] = (pn[1:-1, 2:] + pn[1:-1, :-2] + pn[2:, 1:-1] + pn[:-2, 1:-1]) / 4
print(p)
