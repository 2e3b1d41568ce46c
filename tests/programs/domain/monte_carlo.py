# rtol=1e-11
"""Monte Carlo: pi, a random walk, an option's price, bootstrap."""
import numpy as np

rng = np.random.default_rng(123)
n = 40000
x = rng.random(n)
y = rng.random(n)
inside = x * x + y * y < 1
print(inside.sum(), 4 * inside.mean(), 4 * np.count_nonzero(inside[:1000]) / 1000)
hits = 0
for _ in range(500):
    a, b = rng.random(), rng.random()
    if a * a + b * b < 1:
        hits += 1
print(hits, 4 * hits / 500)
steps = 2 * rng.integers(0, 2, size=(50, 100)) - 1
walks = steps.cumsum(axis=1)
print(walks[:, -1], walks.max(), walks.min(axis=1)[:9], (walks[:, -1] ** 2).mean(), (walks == 0).any(axis=1).sum())
price = np.full(2000, 100.0)
for day in range(30):
    price *= np.exp(0.0001 + 0.01 * rng.standard_normal(2000))
payoff = np.maximum(price - 102, 0)
print(f"{payoff.mean():.8f} {price.std():.8f} {(payoff > 0).sum()}")
position = 0
visited = 0
while abs(position) < 10:
    position += 1 if rng.random() < 0.5 else -1
    visited += 1
print(position, visited)
data = rng.normal(5, 2, 60)
means = np.zeros(100)
for k in range(100):
    means[k] = data[rng.integers(0, 60, 60)].mean()
print(f"{means.mean():.10f} {means.std():.10f} {data.min():.10f}")
