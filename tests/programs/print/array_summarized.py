"""Arrays of more than 1000 elements print with dots."""
import numpy as np

print(np.arange(1000)[-5:], np.arange(1001))
print(np.arange(10000).reshape(100, 100))
print(np.arange(2000) / 8)
print(np.zeros((4, 300)))
print(np.zeros((300, 4), dtype=int))
print(np.arange(1200).reshape(2, 3, 200))
print(np.arange(4096).reshape(8, 8, 8, 8)[:, :, 0, 0])
print(np.arange(4800).reshape(2, 2, 2, 600))
print(np.arange(1500) % 3 == 0)
print(repr(np.arange(3000)))
print(repr(np.zeros((40, 50))))
x = np.ones(1001)
x[500] = 1e9
print(x)
x[1] = 1e9
print(x)
x[999] = np.nan
print(x)
print(np.linspace(0, 1, 1001)[:, None] * np.ones(2))
