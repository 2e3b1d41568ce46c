import numpy as np

x = np.linspace(0.0, 1.0, 7)
y = np.sqrt(x * x + 1) - (x - 1) * (x + 1)
print(y)
