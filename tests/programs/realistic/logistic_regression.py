# rtol=1e-9
"""Logistic regression by gradient descent, with standardized features and a test split."""
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(w, X, y, lam=0.01):
    p = sigmoid(X @ w)
    eps = 1e-12
    return -np.mean(y * np.log(p + eps) + (1 - y) * np.log(1 - p + eps)) + lam * np.sum(w[1:]**2)


def gradient(w, X, y, lam=0.01):
    p = sigmoid(X @ w)
    g = X.T @ (p - y) / len(y)
    g[1:] += 2 * lam * w[1:]
    return g


rng = np.random.default_rng(17)
n = 240
features = rng.random((n, 3)) * np.array([10.0, 1.0, 100.0])
score = features[:, 0] - 8 * features[:, 1] + 0.03 * features[:, 2] - 2.5
labels = (score + (rng.random(n) - 0.5) > 0).astype(float)
mu, sd = features.mean(axis=0), features.std(axis=0)
X = np.hstack([np.ones((n, 1)), (features - mu) / sd])
n_train = int(0.75 * n)
X_train, X_test = X[:n_train], X[n_train:]
y_train, y_test = labels[:n_train], labels[n_train:]

w = np.zeros(4)
learning_rate = 0.8
history = []
for epoch in range(300):
    w -= learning_rate * gradient(w, X_train, y_train)
    history.append(loss(w, X_train, y_train))
    if epoch % 60 == 0:
        print(f"epoch {epoch:3d} loss {history[-1]:.8f}")
print("weights", w)
pred = (sigmoid(X_test @ w) > 0.5).astype(int)
truth = y_test.astype(int)
confusion = np.zeros((2, 2), dtype=int)
for t, p in zip(truth, pred):
    confusion[t, p] += 1
print("confusion", confusion.tolist(), "accuracy %.4f" % np.mean(pred == truth))
precision = confusion[1, 1] / confusion[:, 1].sum()
recall = confusion[1, 1] / confusion[1].sum()
print(f"precision {precision:.4f} recall {recall:.4f} f1 {2 * precision * recall / (precision + recall):.4f}")
print("falling:", bool(np.all(np.diff(history) < 0)))
