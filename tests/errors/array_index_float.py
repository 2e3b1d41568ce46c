import numpy as np

a = np.arange(4)
n = len(a) / 2
print(a[n])  # error: "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices"
