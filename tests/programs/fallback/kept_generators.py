# A generator that objects hold is the same one on both sides, unit after unit.
import numpy as np
class Walker:
    def __init__(self, rng): self.rng = rng
    def step(self): return self.rng.standard_normal()
def make(n, rng):
    return [Walker(rng) for _ in range(n)]
rng = np.random.default_rng(1)
ws = make(3, rng)
tot = 0.0
for k in range(4):
    for w in ws:
        tot += w.step()
    tot += rng.random()
print(tot)
print(rng.integers(0, 5, 3), ws[0].rng.integers(0, 5), rng.integers(0, 5))
cfg = {"rng": rng, "n": 3}
x = cfg["rng"].random(cfg["n"])
print(x, rng.random())
def sim(cfg):
    r = cfg["rng"]
    return r.normal(size=2)
print(sim(cfg), rng.random(), cfg["rng"] is rng)
for s in range(50):
    r2 = np.random.default_rng(s)
    d = {"r": r2}
    a = d["r"].random() + r2.random()
print(a)
def boot(data, rng, n=10):
    out = []
    try:
        for _ in range(n):
            out.append(rng.choice(data, size=len(data)).mean())
    finally:
        pass
    return np.std(out)
print(boot(np.arange(10.0), rng), rng.random())
