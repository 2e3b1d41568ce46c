"""Periodic boundaries: by slices, by ghost cells, by roll and by an index array."""
import numpy as np

n, m = 14, 11
u = (np.arange(n * m) * 7919 % 101 / 101.0).reshape(n, m)
by_slices = u.copy()
by_roll = u.copy()
by_ghosts = np.zeros((n + 2, m + 2))
by_ghosts[1:-1, 1:-1] = u
by_index = u.copy()
up, down = (np.arange(n) - 1) % n, (np.arange(n) + 1) % n
left, right = (np.arange(m) - 1) % m, (np.arange(m) + 1) % m
for it in range(9):
    old = by_slices.copy()
    lap = -4 * old
    lap[1:] += old[:-1]
    lap[0] += old[-1]
    lap[:-1] += old[1:]
    lap[-1] += old[0]
    lap[:, 1:] += old[:, :-1]
    lap[:, 0] += old[:, -1]
    lap[:, :-1] += old[:, 1:]
    lap[:, -1] += old[:, 0]
    by_slices = old + 0.125 * lap

    by_roll = by_roll + 0.125 * (-4 * by_roll + np.roll(by_roll, 1, axis=0) + np.roll(by_roll, -1, axis=0)
                                 + np.roll(by_roll, 1, axis=1) + np.roll(by_roll, -1, axis=1))

    g = by_ghosts
    g[0] = g[-2]
    g[-1] = g[1]
    g[:, 0] = g[:, -2]
    g[:, -1] = g[:, 1]
    g[1:-1, 1:-1] += 0.125 * (-4 * g[1:-1, 1:-1] + g[:-2, 1:-1] + g[2:, 1:-1] + g[1:-1, :-2] + g[1:-1, 2:])

    old = by_index
    by_index = old + 0.125 * (-4 * old + old[up] + old[down] + old[:, left] + old[:, right])
print(repr(float(by_slices.sum())), repr(float(by_roll.sum())), repr(float(by_ghosts[1:-1, 1:-1].sum())), repr(float(by_index.sum())))
print(by_slices[0], by_roll[-1], by_ghosts[5, 1:-1], by_index[:, 10])
print((by_slices == by_roll).all(), (by_ghosts[1:-1, 1:-1] == by_roll).all(), (by_index == by_roll).all())
far = np.roll(u, 6, axis=0) - np.roll(u, (3, -5), axis=(0, 1)) + np.roll(u, 25)
print(repr(float(far.sum())), far[7])
x = np.arange(17)
print(np.roll(x, 5) * 100 + np.roll(x, -9), x - np.roll(x, 17), np.roll(x[::2], 2), np.roll(x, -1)[3:9])
