# rtol=1e-12
"""Random walks in bulk: mean square displacement, first passage, return to the origin."""
import numpy as np

np.random.seed(12)
n_walkers, n_steps = 300, 200
steps = 2 * np.random.randint(0, 2, size=(n_walkers, n_steps)) - 1
walks = np.cumsum(steps, axis=1)
msd = np.mean(walks**2, axis=0)
print("mean square displacement:", msd[[0, 9, 49, 99, 199]])
times = np.arange(1, n_steps + 1)
slope = np.sum(times * msd) / np.sum(times**2)
print(f"slope {slope:.6f}")
reached = np.abs(walks) >= 15
hit = reached.any(axis=1)
first = np.argmax(reached, axis=1)[hit] + 1
print("reached 15:", hit.sum(), "mean first passage:", round(float(first.mean()), 4), "fastest", first.min())
returns = (walks == 0).sum(axis=1)
print("returns:", returns.max(), np.bincount(returns)[:8], "never:", np.count_nonzero(returns == 0))
final = walks[:, -1]
values, counts = np.unique(final, return_counts=True)
for v, c in zip(values[::4], counts[::4]):
    print(f"{v:4d} {'=' * c}")

rng = np.random.default_rng(21)
angles = rng.uniform(0, 2 * np.pi, (50, 100))
x = np.cumsum(np.cos(angles), axis=1)
y = np.cumsum(np.sin(angles), axis=1)
r = np.hypot(x, y)
print(f"end to end {r[:, -1].mean():.8f}, farthest {r.max():.8f}, walker {np.unravel_index(r.argmax(), r.shape)[0]}")
position = np.zeros(2)
visited = {(0, 0)}
for k in range(200):
    axis = rng.integers(2)
    position[axis] += rng.choice([-1, 1])
    visited.add((int(position[0]), int(position[1])))
print(len(visited), position)
