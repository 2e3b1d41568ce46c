"""Shortest paths: Floyd-Warshall by rows and columns, Dijkstra and Bellman-Ford by loops."""
import numpy as np

INF = np.inf
n = 9
edges = [(0, 1, 4.0), (0, 7, 8.0), (1, 2, 8.0), (1, 7, 11.0), (2, 3, 7.0), (2, 8, 2.0), (2, 5, 4.0),
         (3, 4, 9.0), (3, 5, 14.0), (4, 5, 10.0), (5, 6, 2.0), (6, 7, 1.0), (6, 8, 6.0), (7, 8, 7.0)]
W = np.full((n, n), INF)
np.fill_diagonal(W, 0)
for i, j, w in edges:
    W[i, j] = w
    W[j, i] = w + 0.5

dist = W.copy()
following = np.where(np.isfinite(W), np.arange(n), -1)
for k in range(n):
    through = dist[:, k, None] + dist[k, :]
    better = through < dist
    dist = np.where(better, through, dist)
    following = np.where(better, following[:, k, None], following)
print(dist)


def path(i, j):
    route = [i]
    while i != j:
        i = int(following[i, j])
        route.append(i)
    return route


def dijkstra(W, source):
    n = len(W)
    d = np.full(n, INF)
    d[source] = 0
    done = np.zeros(n, dtype=bool)
    order = []
    for _ in range(n):
        u = np.argmin(np.where(done, INF, d))
        done[u] = True
        order.append(int(u))
        d = np.minimum(d, d[u] + W[u])
    return d, order


def bellman_ford(edges, n, source):
    d = [float("inf")] * n
    d[source] = 0.0
    for sweep in range(n):
        changed = False
        for i, j, w in edges:
            if d[i] + w < d[j]:
                d[j] = d[i] + w
                changed = True
            if d[j] + w + 0.5 < d[i]:
                d[i] = d[j] + w + 0.5
                changed = True
        if not changed:
            break
    return d, sweep


print(path(0, 4), path(8, 0), path(3, 3))
d, order = dijkstra(W, 0)
print(d, order, np.array_equal(d, dist[0]))
b, sweeps = bellman_ford(edges, n, 0)
print(b, sweeps)
print("diameter", dist.max(), "pair", np.unravel_index(dist.argmax(), dist.shape), "mean", repr(float(dist.mean())))
closeness = (n - 1) / dist.sum(axis=1)
for v in np.argsort(-closeness)[:3]:
    print(f"node {v}: closeness {closeness[v]:.6f}, degree {np.isfinite(W[v]).sum() - 1}")
