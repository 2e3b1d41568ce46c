# One package that is not compiled beside those that are: the others stay native.
import numpy as np, sys, json
import math, os.path, time as clock


def smooth(u):
    un = u.copy()
    u[1:-1] = 0.25 * (un[:-2] + 2 * un[1:-1] + un[2:])
    return float(np.abs(u - un).max())


start = clock.perf_counter()
u = np.arange(7.0) ** 2 % 5
change = smooth(u)
print(u, math.sqrt(change), len(sys.argv))
print(json.dumps({"sum": u.sum(), "change": change}), os.path.basename("/tmp/field.npy"))
print(clock.perf_counter() >= start)
