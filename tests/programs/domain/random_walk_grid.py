"""Diffusion-limited growth and a percolation cluster on a grid."""
import numpy as np

rng = np.random.default_rng(99)
n = 21
grid = np.zeros((n, n), dtype=np.int32)
grid[n // 2, n // 2] = 1
moves = [(0, 1), (1, 0), (0, -1), (-1, 0)]
for particle in range(2, 25):
    i, j = int(rng.integers(1, n - 1)), int(rng.integers(1, n - 1))
    if grid[i, j]:
        continue
    for step in range(2000):
        if grid[i - 1:i + 2, j - 1:j + 2].any():
            grid[i, j] = particle
            break
        di, dj = moves[rng.integers(4)]
        i = min(max(i + di, 1), n - 2)
        j = min(max(j + dj, 1), n - 2)
print((grid > 0).sum(), grid.max(), np.argwhere(grid > 0).sum(axis=0), grid[n // 2 - 2:n // 2 + 3, n // 2 - 2:n // 2 + 3])
open_cell = rng.random((15, 18)) < 0.62
wet = np.zeros_like(open_cell)
wet[0] = open_cell[0]
count = -1
rounds = 0
while wet.sum() != count:
    count = wet.sum()
    spread = wet.copy()
    spread[1:] |= wet[:-1]
    spread[:-1] |= wet[1:]
    spread[:, 1:] |= wet[:, :-1]
    spread[:, :-1] |= wet[:, 1:]
    wet = spread & open_cell
    rounds += 1
print(open_cell.sum(), count, rounds, wet[-1].any())
for r in range(15):
    print("".join("~" if wet[r, c] else "." if open_cell[r, c] else "#" for c in range(18)))
