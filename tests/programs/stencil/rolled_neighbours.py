# Rolled arrays in expressions: one copy with a border stands for all of them.
import numpy as np
rng = np.random.default_rng(3)
def show(*a):
    for x in a:
        print(x.tolist() if x.size < 30 else (x.sum(), x.shape))
def lap(u):
    return np.roll(u, 1, 0) + np.roll(u, -1, 0) + np.roll(u, 1, 1) + np.roll(u, -1, 1) - 4 * u
for shape in [(1, 1), (1, 5), (5, 1), (2, 3), (3, 2), (7, 5), (0, 3), (3, 0), (9, 10)]:
    u = rng.integers(0, 100, shape)
    f = rng.random(shape)
    show(lap(u), lap(f.T).T, np.roll(np.roll(u, 2, 0), -3, 1) + np.roll(u, 1, 0), lap(f[::-1]))
    show(np.roll(u, 7, 0) - np.roll(u, -8, 1) + np.roll(u, 8, axis=-1))
for n in [1, 2, 3, 5, 8, 17, 100]:
    x = rng.random(n)
    y = np.roll(x, 1) - 2 * x + np.roll(x, -1)
    z = (np.roll(x, -2) - 8 * np.roll(x, -1) + 8 * np.roll(x, 1) - np.roll(x, 2)) / 12
    show(y, z)
# a write between: two states
x = np.arange(6.0)
a = np.roll(x, 1)
x[0] = 100
b = np.roll(x, 1)
print(a + b, a - b)
a[0] = 7
print(a, b, x)
# a rolled array that is written, returned, printed
def shifted(x):
    r = np.roll(x, 1)
    q = np.roll(x, 2)
    r += q
    return r
print(shifted(x), x)
c = np.roll(x, 1); d = np.roll(x, 2)
print(c * d)
print(c, d)
# in place on the array itself
for k in range(3):
    x[:] = 0.5 * (np.roll(x, 1) + np.roll(x, -1))
    x += np.roll(x, 1) - np.roll(x, -1)
print(x)
u = np.arange(24).reshape(2, 3, 4)
print(np.roll(u, 1, 0) + np.roll(u, 1, 1) * np.roll(u, -1, 2) - np.roll(np.roll(u, 1, 2), 1, 0))
print(np.roll(u, (1, 2), (0, 1)) + np.roll(u, 1))
m = rng.random((6, 7)) > 0.5
print((np.roll(m, 1, 0) & np.roll(m, 1, 1) | ~np.roll(m, -1, 1)).astype(int))
w = rng.random((4, 4)).astype(np.float32)
print((np.roll(w, 1, 0) * np.roll(w, 1, 1)).sum(), np.max(np.roll(w, 1, 0) - np.roll(w, -1, 0)), (np.roll(w, 1, 0) + np.roll(w, 1, 1)).dtype)
zc = rng.random((3, 3)) + 1j
print(np.roll(zc, 1, 0) - np.roll(zc, -1, 1))
f = np.asfortranarray(rng.random((5, 4)))
g = np.roll(f, 1, 0) + np.roll(f, 1, 1)
t = rng.random((5, 4)).T
g = np.roll(t, 1, 0) + np.roll(t, 1, 1)
print(g.sum(axis=0), g.ravel(), g.mean())
