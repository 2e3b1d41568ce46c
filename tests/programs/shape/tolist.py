# tolist gives nested lists of Python's own numbers.
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
print(a.tolist(), f[0, 0].tolist(), np.float32([0.1]).tolist(), np.array([1j]).tolist(), np.zeros((2, 0)).tolist(), np.array([1], np.int32).tolist(), [type(v) for v in np.arange(2).tolist()])
t = a.tolist(); t[0][0].append(5); print(t[0][0], sum(t[1][2]), np.array(t[1]).shape)
