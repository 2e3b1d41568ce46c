"""Patterns of clustering and labelling with masks."""
import numpy as np

points = np.array([[0.0, 0.1], [5.0, 5.2], [0.3, -0.1], [4.8, 5.1], [9.9, 0.2], [0.1, 0.0], [10.1, 0.1]])
centres = points[[0, 1, 4]].copy()
for it in range(5):
    d = np.sqrt(((points[:, np.newaxis] - centres) ** 2).sum(axis=2))
    labels = np.argmin(d, axis=1)
    for k in range(len(centres)):
        centres[k] = points[labels == k].mean(axis=0)
print(labels, centres.round(6), d.min(axis=1).max().round(9))
for k in range(3):
    members = points[labels == k]
    print(k, len(members), members.shape, members[:, 0].max(), (labels == k).nonzero()[0])

values = np.array([3.0, 12.0, 7.5, 22.0, 15.0, 8.0])
bins = np.zeros(values.shape, dtype=int)
for edge in (5, 10, 20):
    bins += values >= edge
print(bins, [int(np.sum(bins == b)) for b in range(4)])
counts = np.zeros(4)
total = np.zeros(4)
for b, v in zip(bins, values):
    counts[b] += 1
    total[b] += v
print(counts, total / np.maximum(counts, 1))
grades = np.where(values > 20, 3, np.where(values > 10, 2, 1))
onehot = (grades[:, None] == np.arange(1, 4)).astype(int)
print(grades, onehot, onehot.sum(axis=0))
inside = (points[:, 0] > -1) & (points[:, 0] < 6) & ~(points[:, 1] > 5.15)
print(inside, points[inside].sum(axis=0), points[inside, 1], points[~inside][0, 0])
first = np.argmax(values > 10)
last = len(values) - 1 - np.argmax((values > 10)[::-1])
print(first, last, values[first:last + 1], np.flatnonzero(values > 10))
