"""min, max, argmin, argmax, ptp: ties, nan, axes, -0."""
import numpy as np

x = np.array([3.0, -1.5, 7.25, 7.25, -1.5, 0.0])
print(x.min(), x.max(), x.argmin(), x.argmax(), np.ptp(x), np.amin(x), np.amax(x[::-1]), x[::-1].argmax(), x[::2].argmin())
m = np.array([[5, 2, 9], [2, 9, 1], [9, 0, 5], [1, 1, 1]])
print(m.min(axis=0), m.max(axis=1), m.argmin(axis=0), m.argmax(axis=1), m.argmax(axis=-1), m.argmax(), m.T.argmax(), m[:, 1:].argmin())
print(m.min(axis=(0, 1)), m.max(axis=1, keepdims=True), m.T.argmax(axis=0), m[1:, ::-1].argmin(axis=1), np.argmax(m[:, 0]))
y = np.array([1.0, np.nan, -5.0, np.nan])
print(y.min(), y.max(), y.argmin(), y.argmax(), np.nanmin(y), np.nanargmin(y), np.fmin.reduce(y), y[2:3].max())
z = np.array([0.0, -0.0, 0.0])
print(np.max(np.abs(z - 1)), z.argmin(), np.array([-np.inf, 1]).min(), np.array([1, np.inf]).max(), np.array([True, False]).max())
i = np.array([2**62, -(2**63), 2**63 - 1])
print(i.min(), i.max(), i.argmin(), np.array([200, 7], dtype=np.uint8).max(), np.array([0.1, 0.7], dtype=np.float32).max())
big = (np.arange(5003) * 7919) % 5003
print(big.argmax(), big.argmin(), big.max(), big[::-1].argmax(), big.reshape(3 * 1, -1).shape if 5003 % 3 == 0 else "odd", big[1:].reshape(2, -1).argmax(axis=1))
a = big[:4998].reshape(17, 294)
print(a.argmax(axis=0)[:9], a.argmin(axis=1), a.max(axis=1)[:5], a[::2, ::-3].max(axis=0)[:5], a.T[5:9].min(axis=1))
c = a[:12, :60].reshape(12, 5, 12)
print(c.max(axis=(0, 2)), c.min(axis=1)[3, :4], c.argmax(axis=1)[2], np.unravel_index(c.argmax(), c.shape))
print(max(x), min(x), max(m[0]), np.minimum.reduce(m), np.maximum.reduce(m, axis=1))
try:
    np.zeros(0).max()
except ValueError as e:
    print(e)
