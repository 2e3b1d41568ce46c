# rtol=1e-8
"""Principal components by the covariance matrix and power iteration."""
import numpy as np

rng = np.random.default_rng(0)
n_samples, n_features = 200, 5
latent = rng.random((n_samples, 2)) - 0.5
mixing = np.array([[2.0, 0.5, -1.0, 0.3, 1.5], [0.2, -1.2, 0.4, 0.9, 0.1]])
X = latent @ mixing + 0.05 * (rng.random((n_samples, n_features)) - 0.5) + np.array([1, 2, 3, 4, 5])

mean = X.mean(axis=0)
Xc = X - mean
cov = Xc.T @ Xc / (n_samples - 1)
print("mean", mean)
print("covariance", cov)


def leading(C, n_iter=200):
    v = np.ones(C.shape[0]) / np.sqrt(C.shape[0])
    for _ in range(n_iter):
        v = C @ v
        v /= np.sqrt((v**2).sum())
    return v @ C @ v, v


components = []
variances = []
C = cov.copy()
for k in range(2):
    lam, v = leading(C)
    if v[np.argmax(np.abs(v))] < 0:
        v = -v
    components.append(v)
    variances.append(lam)
    C -= lam * np.outer(v, v)
W = np.array(components)
variances = np.array(variances)
ratio = variances / np.trace(cov)
print("components", W)
print("explained", ratio, ratio.sum() > 0.99)
scores = Xc @ W.T
print("scores", scores[:3], scores.std(axis=0, ddof=1), scores.shape)
reconstruction = scores @ W + mean
print("error", np.abs(reconstruction - X).mean(), "covariance of scores is diagonal:",
      abs((scores[:, 0] * scores[:, 1]).sum()) < 1e-6)
