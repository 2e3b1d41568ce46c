# The order in memory of what functions give decides the order of a later sum, and its last bits.
import numpy as np

rng = np.random.default_rng(0)
x = rng.random((13, 11))
t = rng.random((11, 13)).T
T = rng.random((5, 7, 9)).transpose(2, 0, 1)

# Made like another.
for like in (np.zeros_like, np.empty_like, np.ones_like):
    z = like(t)
    z[...] = t
    print(z.sum(), z.std(), z.sum(axis=1)[:3])
    z = like(T)
    z[...] = T
    print(z.sum(), z.sum(axis=0).sum())
    z = like(T[::2, ::-1])
    z[...] = T[::2, ::-1]
    print(z.sum())
    z = like(t, dtype=np.float32)
    z[...] = t
    print(z.sum())
    z = like(np.broadcast_to(t[:, :1], (13, 11)))
    z[...] = t
    print(z.sum())
print(np.full_like(t, 0.1).sum(), np.full_like(T, 0.3).mean(), np.zeros_like(x[:1].T).shape)
m = np.zeros_like(t, dtype=bool)
m[t > 0.5] = True
print(t[m].sum(), m.sum())

# A tridiagonal solve along the columns of a transposed right-hand side.
w = np.empty_like(t)
w[0] = t[0]
for i in range(1, 13):
    w[i] = t[i] - w[i - 1] / 3
print(w.sum(), w.T.sum(), (w + 0).sum(), w.mean())

# Shifted, run along, joined.
print(np.roll(t, 1, axis=0).sum(), np.roll(t, 2).sum(), np.roll(T, 1, axis=1).sum(), np.roll(T, (1, -1), (0, 2)).sum())
print(np.cumsum(t, axis=0).sum(), np.cumsum(t, axis=1).sum(), t.cumsum().sum(), np.cumprod(T, axis=0).sum())
print(np.cumsum(T, axis=2)[1, 2], np.cumsum(t[::-1], axis=0)[-1, :4], np.cumsum(T[:, ::2], axis=1).sum())
print(np.gradient(t)[0].sum(), np.gradient(t, axis=1).sum(), np.gradient(t, 0.1)[1].sum())
print(np.concatenate([t, t]).sum(), np.concatenate([t, x], axis=1).sum(), np.vstack([t, t]).sum(), np.hstack([t, t]).sum())
print(np.stack([t, t]).sum(), np.stack([t, t], axis=2).sum(), np.array([t, t]).sum(), np.concatenate([T, T[::-1]], axis=1).sum())

# Columns by an index array: its axis lies outermost in memory.
X = rng.random((1000, 7))
B = rng.random((30, 6, 50))
a = X[:, [1, 2, 5]]
print(a.sum(), a.mean(), a.std(), a.sum(axis=0), a.mean(axis=1)[:3], a.copy().sum(), (a - a.mean(axis=0)).std())
b = B[:, [1, 3, 5]]
print(b.sum(), b.sum(axis=0).sum(), b.mean(), b.std(), b.sum(axis=1).sum(), B[:, :, [0, 7, 9, 40]].sum())
i = np.array([[0, 1], [2, 3]])
print(B[:, i].sum(), B[i].sum(), B[..., i].sum(), B[:, 2, i].sum(), B[:, i, 2].sum(), B[1, :, i].sum())
keep = rng.random(7) > 0.4
print(X[:, keep].sum(), X[X[:, 0] > 0.5][:, [0, 3]].sum(), t[:, [0, 2]].sum(), T[:, [0, 1]].sum(), T[1:, :, [2, 0]].sum())
print(np.take(X, [1, 2, 5], axis=1).sum(), np.take(t, [0, 2], axis=1).sum(), np.take(B, [1, 3, 5], axis=1).sum())
a += 1
print(a.sum(), np.sqrt(a).sum(), (a * a).sum(), X[:, rng.permutation(7)].sum())
