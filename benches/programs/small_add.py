# Overhead of one operation: c = a + b on ten elements, a million times.
import sys
import time
import numpy as np

n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
a = np.arange(10.0)
b = np.full(10, 0.5)
c = a + b
start = time.perf_counter()
for i in range(n):
    c = a + b
elapsed = time.perf_counter() - start
print(c.sum())
print(f"{elapsed / n * 1e9:.1f} ns", file=sys.stderr)
