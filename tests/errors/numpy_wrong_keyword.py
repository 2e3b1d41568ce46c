import numpy as np

a = np.zeros(3, dtyp=int)  # error: "unexpected keyword argument 'dtyp'"
print(a)
