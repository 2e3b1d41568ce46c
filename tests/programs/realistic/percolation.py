"""Percolation: labels spread over open sites until nothing changes; spanning probability."""
import numpy as np


def label_clusters(open_site):
    n, m = open_site.shape
    labels = np.where(open_site, np.arange(1, n * m + 1).reshape(n, m), 0)
    rounds = 0
    while True:
        new = labels.copy()
        new[1:, :] = np.maximum(new[1:, :], labels[:-1, :])
        new[:-1, :] = np.maximum(new[:-1, :], labels[1:, :])
        new[:, 1:] = np.maximum(new[:, 1:], labels[:, :-1])
        new[:, :-1] = np.maximum(new[:, :-1], labels[:, 1:])
        new[~open_site] = 0
        rounds += 1
        if (new == labels).all():
            return labels, rounds
        labels = new


def spans(labels):
    top = set(labels[0][labels[0] > 0].tolist())
    bottom = set(labels[-1][labels[-1] > 0].tolist())
    return len(top & bottom) > 0


def find(parent, i):
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def count_by_union(open_site):
    n, m = open_site.shape
    parent = np.arange(n * m)
    for i in range(n):
        for j in range(m):
            if not open_site[i, j]:
                continue
            if i > 0 and open_site[i - 1, j]:
                parent[find(parent, i * m + j)] = find(parent, (i - 1) * m + j)
            if j > 0 and open_site[i, j - 1]:
                parent[find(parent, i * m + j)] = find(parent, i * m + j - 1)
    return sum(1 for k in range(n * m) if open_site[k // m, k % m] and find(parent, k) == k)


rng = np.random.default_rng(8)
L = 14
for p in (0.3, 0.5, 0.6, 0.7, 0.9):
    n_spanning = 0
    largest = []
    for trial in range(6):
        site = rng.random((L, L)) < p
        labels, rounds = label_clusters(site)
        n_spanning += spans(labels)
        sizes = np.bincount(labels.ravel())[1:]
        largest.append(int(sizes.max()))
        n_clusters = np.count_nonzero(sizes)
        if n_clusters != count_by_union(site):
            print("the methods differ", n_clusters)
    print(f"p={p:.1f} spanning {n_spanning}/6 largest {largest} last took {rounds} rounds, {n_clusters} clusters")
for i in range(0, L, 2):
    print("".join("." if v == 0 else chr(97 + v % 26) for v in labels[i]))
