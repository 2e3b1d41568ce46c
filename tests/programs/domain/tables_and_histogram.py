"""Histogram by loops, prefix sums, a report in columns."""
import numpy as np

data = (np.arange(500) * 7919 % 1013) / 10.13
edges = np.linspace(0, 100, 9)
counts = np.zeros(8, dtype=int)
for x in data:
    k = 0
    while k < 7 and x >= edges[k + 1]:
        k += 1
    counts[k] += 1
print(counts, counts.sum(), (np.histogram(data, bins=edges)[0] == counts).all())
prefix = np.zeros(9, dtype=np.int64)
for k in range(8):
    prefix[k + 1] = prefix[k] + counts[k]
print(prefix, (prefix[1:] == counts.cumsum()).all())
print(f"{'from':>8} {'to':>8} {'count':>6}  share")
print("-" * 34)
for k in range(8):
    share = counts[k] / counts.sum()
    bar = "*" * int(counts[k] // 8)
    print(f"{edges[k]:8.2f} {edges[k + 1]:8.2f} {counts[k]:6d}  {share:6.2%} {bar}")
print("%-10s|%8s|%s" % ("name", "value", "note"))
for name, value in [("mean", data.mean()), ("std", data.std()), ("n", len(data))]:
    note = "int" if isinstance(value, int) else "float"
    print("%-10s|%8.3f|%s" % (name, value, note))
rows = ["alpha", "b", "gamma-ray"]
width = 0
for r in rows:
    width = max(width, len(r))
for n, r in enumerate(rows, 1):
    print(f"{n:02d}. {r:.<{width + 3}}{len(r) * 1.5:>7.2f}")
