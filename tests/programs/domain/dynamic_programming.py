"""Matrix-chain order, longest common subsequence, knapsack, edit distance, paths."""
import numpy as np

dims = [30, 35, 15, 5, 10, 20, 25]
n = len(dims) - 1
cost = np.zeros((n, n), dtype=np.int64)
split = np.zeros((n, n), dtype=int)
for length in range(2, n + 1):
    for i in range(n - length + 1):
        j = i + length - 1
        cost[i, j] = 2**62
        for k in range(i, j):
            c = cost[i, k] + cost[k + 1, j] + dims[i] * dims[k + 1] * dims[j + 1]
            if c < cost[i, j]:
                cost[i, j] = c
                split[i, j] = k


def order(i, j):
    if i == j:
        return "A" + str(i)
    k = split[i, j]
    return "(" + order(i, k) + order(k + 1, j) + ")"


print(cost[0, n - 1], order(0, n - 1))
a, b = "stencil computation", "central simulation"
lcs = np.zeros((len(a) + 1, len(b) + 1), dtype=np.int32)
edit = np.zeros_like(lcs)
edit[:, 0] = np.arange(len(a) + 1)
edit[0] = np.arange(len(b) + 1)
for i, x in enumerate(a):
    for j, y in enumerate(b):
        lcs[i + 1, j + 1] = lcs[i, j] + 1 if x == y else max(lcs[i, j + 1], lcs[i + 1, j])
        edit[i + 1, j + 1] = min(edit[i, j] + (x != y), edit[i, j + 1] + 1, edit[i + 1, j] + 1)
print(lcs[-1, -1], edit[-1, -1], lcs[10])
weights, values = [3, 4, 7, 8, 9], [4, 5, 10, 11, 13]
best = np.zeros(18, dtype=int)
for w, v in zip(weights, values):
    best[w:] = np.maximum(best[w:], best[:-w] + v)
print(best)
grid = np.arange(30).reshape(5, 6) * 7 % 11
paths = grid.copy()
paths[0] = np.cumsum(grid[0])
for i in range(1, 5):
    paths[i, 0] += paths[i - 1, 0]
    for j in range(1, 6):
        paths[i, j] += min(paths[i - 1, j], paths[i, j - 1])
print(paths, paths[-1, -1])
big = 10**6
dist = np.full((5, 5), big)
for s, t, d in ((0, 1, 4), (0, 2, 1), (2, 1, 2), (1, 3, 5), (3, 4, 3), (4, 0, 7)):
    dist[s, t] = d
for k in range(5):
    dist = np.minimum(dist, dist[:, k:k + 1] + dist[k])
print(np.where(dist < big, dist, -1))
