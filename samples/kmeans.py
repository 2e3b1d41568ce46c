"""Lloyd's algorithm: k clusters among points of the plane.

usage: kmeans.py [n_points [k [max_iter]]]
"""
import sys

import numpy as np


def assign(points, centres):
    """For each point the index of the centre that is nearest."""
    d2 = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return d2.argmin(axis=1), d2.min(axis=1)


def update(points, labels, centres):
    """Each centre moved to the mean of its points; one without any stays."""
    new = centres.copy()
    for j in range(centres.shape[0]):
        members = points[labels == j]
        if members.shape[0] > 0:
            new[j] = members.mean(axis=0)
    return new


n = int(sys.argv[1]) if len(sys.argv) > 1 else 60000
k = int(sys.argv[2]) if len(sys.argv) > 2 else 6
max_iter = int(sys.argv[3]) if len(sys.argv) > 3 else 40

rng = np.random.default_rng(7)
true_centres = rng.random((k, 2)) * 10
which = rng.integers(0, k, size=n)
points = true_centres[which] + 0.5 * rng.standard_normal((n, 2))

centres = points[:k].copy()
for it in range(max_iter):
    labels, d2 = assign(points, centres)
    new_centres = update(points, labels, centres)
    shift = np.sqrt(((new_centres - centres) ** 2).sum(axis=1)).max()
    centres = new_centres
    if shift < 1e-6:
        break

labels, d2 = assign(points, centres)
print(f"{n} points, {k} clusters, {it + 1} iterations")
print(f"mean squared distance {d2.mean():.8f}")
for j in range(k):
    size = np.count_nonzero(labels == j)
    print(f"  ({centres[j, 0]:9.6f}, {centres[j, 1]:9.6f})  {size:6d} points")
