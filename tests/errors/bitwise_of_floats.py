import numpy as np

x = np.linspace(0, 1, 5)
print((x > 0.2) & (x < 0.8))
print(x > 0.2 & x < 0.8)  # error: "ufunc 'bitwise_and' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''"
