"""Histograms and binning by loops, by digitize and by bincount; a table per bin."""
import numpy as np

rng = np.random.default_rng(123)
values = rng.random(500) ** 2 * 10
weights = rng.integers(1, 5, 500)
edges = np.linspace(0, 10, 11)
counts, _ = np.histogram(values, edges)
by_loop = np.zeros(10, dtype=int)
for v in values:
    k = int(v)
    if k == 10:
        k = 9
    by_loop[k] += 1
idx = np.digitize(values, edges) - 1
by_count = np.bincount(idx, minlength=10)
print("histogram", counts)
print("same", np.array_equal(counts, by_loop), np.array_equal(counts, by_count))
sums = np.bincount(idx, weights=values, minlength=10)
totals = np.bincount(idx, weights=weights, minlength=10)
longest = counts.max()
for k in range(10):
    mean = sums[k] / counts[k] if counts[k] > 0 else float("nan")
    print(f"[{edges[k]:4.1f}, {edges[k + 1]:4.1f}) {counts[k]:4d} {mean:8.4f} {totals[k]:6.0f} {'#' * (counts[k] * 40 // longest)}")
print("quantiles", np.percentile(values, [5, 25, 50, 75, 95]), np.median(values))
x, y = rng.random(400), rng.random(400)
grid = np.zeros((5, 4), dtype=int)
for a, b in zip(x, y):
    grid[int(a * 5), int(b * 4)] += 1
H, xe, ye = np.histogram2d(x, y, bins=(5, 4), range=[[0, 1], [0, 1]])
print(grid, (H == grid).all(), grid.sum(axis=1), grid.sum(axis=0))
sorted_values = np.sort(values)
cdf = np.arange(1, 501) / 500
print("half below", repr(float(sorted_values[np.searchsorted(cdf, 0.5)])), "outliers", np.sum(np.abs(values - values.mean()) > 2 * values.std()))
groups = {}
for w, v in zip(weights, values):
    groups.setdefault(int(w), []).append(float(v))
for w in sorted(groups):
    print(w, len(groups[w]), f"{sum(groups[w]) / len(groups[w]):.6f}")
print([round(float(values[weights == w].mean()), 6) for w in np.unique(weights)])
