# rtol=1e-9
"""PageRank by power iteration with a dangling node, dense and as edge lists."""
import numpy as np

links = {0: [1, 2], 1: [2], 2: [0, 3, 5], 3: [], 4: [2, 3], 5: [4, 0], 6: [0, 1, 2, 3, 4, 5]}
n = len(links)
damping = 0.85
M = np.zeros((n, n))
for source, targets in links.items():
    for target in targets:
        M[target, source] = 1 / len(targets)
    if not targets:
        M[:, source] = 1 / n
print(M.sum(axis=0))

rank = np.ones(n) / n
for iteration in range(200):
    new = damping * (M @ rank) + (1 - damping) / n
    change = np.abs(new - rank).sum()
    rank = new
    if change < 1e-12:
        break
print("iterations within two of 50:", 40 < iteration < 60, "sum", round(float(rank.sum()), 12))
for place, page in enumerate(np.argsort(rank)[::-1], start=1):
    print(f"{place}. page {page}  {rank[page]:.10f}  {'*' * int(100 * rank[page])}")

src = np.array([s for s, ts in links.items() for t in ts])
dst = np.array([t for ts in links.values() for t in ts])
degree = np.bincount(src, minlength=n)
dangling = degree == 0
r = np.full(n, 1.0 / n)
for iteration in range(100):
    share = np.where(dangling, 0.0, r / np.maximum(degree, 1))
    incoming = np.zeros(n)
    np.add.at(incoming, dst, share[src])
    r = damping * (incoming + r[dangling].sum() / n) + (1 - damping) / n
print("same:", np.allclose(r, rank), degree, len(src))
walker = np.random.default_rng(4)
visits = np.zeros(n, dtype=int)
page = 0
for step in range(3000):
    if walker.random() > damping or not links[page]:
        page = int(walker.integers(n))
    else:
        page = links[page][int(walker.integers(len(links[page])))]
    visits[page] += 1
print(visits, visits.sum(), np.argmax(visits) == np.argmax(rank), np.abs(visits / 3000 - rank).max() < 0.05)
