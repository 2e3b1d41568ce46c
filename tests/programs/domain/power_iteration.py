# rtol=1e-10
"""The largest eigenvalue; PageRank; Gram-Schmidt."""
import numpy as np

n = 24
i = np.arange(n)
a = 1.0 / (1 + np.abs(i[:, None] - i[None, :])) + np.diag(i / 10)
v = np.ones(n)
old = 0
for k in range(1000):
    w = a @ v
    v = w / np.linalg.norm(w)
    value = v @ a @ v
    if abs(value - old) < 1e-13 * value:
        break
    old = value
print(k < 999, f"{value:.10f} {np.abs(a @ v - value * v).max() < 1e-5}", v[::8].round(5))

links = np.zeros((6, 6))
for s, t in [(0, 1), (0, 2), (1, 2), (2, 0), (3, 2), (3, 5), (4, 3), (5, 4)]:
    links[t, s] = 1
links /= links.sum(axis=0)
rank = np.full(6, 1 / 6)
for _ in range(60):
    rank = 0.15 / 6 + 0.85 * links @ rank
print(rank, rank.sum(), rank.argmax())

q = a[:, :4].copy()
for j in range(4):
    for m in range(j):
        q[:, j] -= (q[:, m] @ q[:, j]) * q[:, m]
    q[:, j] /= np.sqrt(q[:, j] @ q[:, j])
print(np.abs(q.T @ q - np.eye(4)).max() < 1e-12, q[0], q[-1])
