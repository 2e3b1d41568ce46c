import numpy as np

rows = []
for k in range(3):
    rows.append(k * 0.5)
print(rows, np.array(rows).mean())
