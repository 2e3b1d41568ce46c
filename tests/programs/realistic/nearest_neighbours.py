"""k nearest neighbours by broadcasting, with a vote and leave-one-out validation."""
import numpy as np

rng = np.random.default_rng(5)
centres = np.array([[0.0, 0.0], [2.0, 1.0], [0.5, 2.5]])
points = []
labels = []
for label, centre in enumerate(centres):
    for _ in range(20):
        points.append(centre + rng.random(2) * 2 - 1)
        labels.append(label)
points = np.array(points)
labels = np.array(labels)
print(points.shape, labels.shape, points[:2], labels[18:22])


def distances(a, b):
    diff = a[:, np.newaxis, :] - b[np.newaxis, :, :]
    return np.sqrt(np.sum(diff**2, axis=-1))


def classify(train, train_labels, query, k=5):
    d = distances(query, train)
    nearest = np.argsort(d, axis=1)[:, :k]
    votes = train_labels[nearest]
    counts = np.array([(votes == c).sum(axis=1) for c in range(3)])
    return counts.argmax(axis=0)


grid_x, grid_y = np.meshgrid(np.linspace(-1, 3, 9), np.linspace(-1, 3.5, 6))
query = np.column_stack([grid_x.ravel(), grid_y.ravel()])
regions = classify(points, labels, query).reshape(grid_x.shape)
for row in regions[::-1]:
    print(" ".join("abc"[c] for c in row))
d = distances(points, points)
print("symmetric:", np.array_equal(d, d.T), "diagonal zero:", not d.diagonal().any())
np.fill_diagonal(d, np.inf)
for k in (1, 3, 7):
    nearest = np.argsort(d, axis=1)[:, :k]
    votes = labels[nearest]
    predicted = np.array([np.bincount(v, minlength=3).argmax() for v in votes])
    print(f"k={k}: {np.mean(predicted == labels):.4f}")
i, j = np.unravel_index(np.argmin(d), d.shape)
print("closest pair", i, j, repr(float(d[i, j])), d.min(axis=1).argmax())
