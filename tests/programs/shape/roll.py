"""np.roll on every axis, by more than the size, both ways."""
import numpy as np

a = np.arange(7)
print(np.roll(a, 1), np.roll(a, -2), np.roll(a, 7), np.roll(a, 16), np.roll(a, 0), np.roll(a[::-1], 2), np.roll(a[::2], 1), np.roll(a, -15))
m = np.arange(15).reshape(3, 5)
print(np.roll(m, 1), np.roll(m, 1, axis=0), np.roll(m, -2, axis=1), np.roll(m, 4, axis=-2), np.roll(m, (1, 2), axis=(0, 1)), np.roll(m, 3, (0, 1)), np.roll(m.T, 1, axis=0), np.roll(m[:, 1:4], -1, axis=1))
c = np.arange(24).reshape(2, 3, 4)
print(np.roll(c, 1, axis=2)[1], np.roll(c, -1, axis=1)[0], np.roll(c, 1, axis=0)[0, 0], np.roll(c, 5).ravel()[:7])
u = np.arange(6.0) ** 2
lap = np.roll(u, 1) - 2 * u + np.roll(u, -1)
print(lap, lap.sum(), (u - np.roll(u, 1))[1:], np.roll(u, 1)[0] == u[-1])
for _ in range(4):
    u = 0.5 * u + 0.25 * (np.roll(u, 1) + np.roll(u, -1))
print(u, u.sum())
r = np.roll(m, 1, axis=1)
r[0, 0] = 100
print(m[0, -1], np.roll(np.zeros(0), 3), np.roll(np.array([5]), 2))
