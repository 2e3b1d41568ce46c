# Reductions of 0-d arrays and scans of them, with the axes that NumPy lets pass.
import numpy as np

s = np.array(2.5)
i = np.array(3)
print(s.sum(axis=0), np.max(s, axis=-1), np.add.reduce(s), np.cumsum(s), i.cumprod(), s.argmax(), s.mean(), s.min(), np.prod(i), repr(s.real), repr(np.array(1 + 2j).imag), s.sum(axis=0, keepdims=True) * s)
