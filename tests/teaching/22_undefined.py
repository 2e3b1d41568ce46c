import numpy as np

lenght = 3
print(np.zeross(length))
