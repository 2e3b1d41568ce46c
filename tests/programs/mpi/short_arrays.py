"""Arrays shorter than the number of ranks, with one element, and with none."""
import numpy as np

for n in (0, 1, 2, 3, 4, 5):
    a = np.arange(n) + 1.5
    b = a[::-1] * 2 - a
    print(n, b, b.sum(), b.shape, (a[1:] - a[:-1]), (a > 2).sum(), a[:1] + b[-1:])
    m = np.zeros((n, 3)) + np.arange(3)
    m[:, 1] += a
    print(m, m.sum(axis=0), m.sum(axis=1), m.T.shape, m[1:-1].sum())
    w = np.ones((2, n))
    w[1] = a
    w *= a
    print(w, w.sum(), w.sum(axis=1), w[:, ::-1][0])
    for k in range(n):
        a[k] += k
    print(a, a * 1, np.concatenate([a, b]), np.zeros(n).sum())
e = np.zeros((0, 5))
print(e.shape, e.sum(axis=0), e.sum(axis=1), e.sum(), (e + 1).shape, e.T.shape, e[:, 2:].shape)
f = np.zeros((4, 0, 2))
print(f.sum(axis=1), f.prod(axis=1), f.size, (f * 2).shape, f.reshape(0, 3).shape, len(f))
z = np.array(3.5)
print(z, z + 1, z.shape, z * np.arange(2), z.sum())
x = np.arange(10)
x[4:4] = 7
x[9:2] = 8
print(x, x[5:5], x[7:3].sum(), x[20:].shape, x[-3:1])
one = np.array([[2.0]])
print(one + np.arange(3), one[0, 0], one.T @ one, one[:, 1:].shape, one.max(), one.argmax())
u = np.array([1.0, 4.0])
for it in range(3):
    u[1:-1] = u[2:] + u[:-2]
    u[0] = u[1] + 1
    u[1] = u[0] / 2
print(u)
