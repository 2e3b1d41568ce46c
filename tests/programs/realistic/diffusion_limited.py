"""Diffusion-limited aggregation: random walkers stick to a growing cluster."""
import numpy as np

SIZE = 33
N_PARTICLES = 60
rng = np.random.default_rng(77)
grid = np.zeros((SIZE, SIZE), dtype=np.int64)
centre = SIZE // 2
grid[centre, centre] = 1
radius = 1
STEPS = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])


def launch(radius):
    side = rng.integers(4)
    r = min(radius + 3, centre - 1)
    offset = rng.integers(-r, r + 1)
    if side == 0:
        return np.array([centre - r, centre + offset])
    elif side == 1:
        return np.array([centre + r, centre + offset])
    elif side == 2:
        return np.array([centre + offset, centre - r])
    return np.array([centre + offset, centre + r])


def touches(grid, i, j):
    return grid[i - 1, j] > 0 or grid[i + 1, j] > 0 or grid[i, j - 1] > 0 or grid[i, j + 1] > 0


stuck = 1
total_steps = 0
while stuck < N_PARTICLES:
    pos = launch(radius)
    if grid[pos[0], pos[1]]:
        continue
    while True:
        i, j = pos
        if touches(grid, i, j):
            stuck += 1
            grid[i, j] = stuck
            radius = max(radius, abs(i - centre), abs(j - centre))
            break
        pos = pos + STEPS[rng.integers(4)]
        total_steps += 1
        pos = np.clip(pos, 1, SIZE - 2)
    if stuck % 20 == 0:
        print("particles", stuck, "radius", radius, "steps", total_steps)

cells = np.argwhere(grid > 0)
spread = cells - centre
gyration = np.sqrt((spread**2).sum() / len(cells))
print(f"radius of gyration {gyration:.6f}, mean position {spread.mean(axis=0)}")
for r in (1, 2, 4, 8):
    inside = np.sum(np.max(np.abs(spread), axis=1) <= r)
    print(r, inside)
top, left = cells.min(axis=0)
bottom, right = cells.max(axis=0)
for row in grid[top:bottom + 1, left:right + 1]:
    print("".join("." if v == 0 else "o" if v < 20 else "x" for v in row))
