"""NumPy integers wrap around where Python's grow."""
import numpy as np

x = np.array([2**31 - 1, -(2**31), 5], dtype=np.int32)
print(x + 1, x - 1, x * 2, -x, np.abs(x))
y = np.array([2**63 - 1, -(2**63)], dtype=np.int64)
print(y + 1, y - 1, y * 3)
u = np.array([0, 1, 255], dtype=np.uint8)
print(u - 1, u + 1, u * 2, ~u, u << 4)
h = np.array([12345], dtype=np.int64)
for k in range(4):
    h = h * 6364136223846793005 + 1442695040888963407
    print(h[0], h[0] >> 33)
print(x.sum(), x.sum().dtype, u.sum(), u.sum().dtype)
print(x.astype(np.int64) * 2, y.astype(np.int32), np.array([300, -1]).astype(np.uint8))
print(np.array([3.99, -3.99, 2.0**40]).astype(np.int64))
