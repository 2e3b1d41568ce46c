# Print options that CPython sets are obeyed by all that prints, natively or not.
import numpy as np


def report(name, a):
    print(name, a)
    print(f"{name}: {a!r}")


x = np.linspace(0.0, 1.0, 7) ** 3
m = np.arange(12.0).reshape(3, 4) / 7.0
print(x)
np.set_printoptions(precision=3, suppress=True)
report("x", x)
report("m", m)
print([x[:2], x[2:4]], (np.float64(0.125), 3))
print(x * 1e-6, m.T)
np.set_printoptions(threshold=5, edgeitems=2, linewidth=40)
report("cut", np.arange(100.0))
print(np.arange(60).reshape(10, 6))
np.set_printoptions(formatter={"float": "{:08.3f}".format})
report("own", x)
np.set_printoptions(legacy="1.25")
print([x[0], x[1]], x.sum())
np.set_printoptions(legacy=False, precision=8, suppress=False, threshold=1000, edgeitems=3, linewidth=75, formatter=None)
report("as ever", x)
with np.printoptions(precision=2, sign="+"):
    print(x)
    report("inside", m)
print(x[3], m[1])
total = np.zeros(3)
for k in range(3):
    total += m[:, k]
print(total)
# Set natively, then by CPython, in turn.
np.set_printoptions(precision=2)
print(x)
quiet = {"suppress": True, "sign": " "}
np.set_printoptions(**quiet)
print(x, x * 1e-9)
np.set_printoptions(precision=5)
print(x, {"x": x})
plain = {"suppress": False, "sign": "-", "precision": 8}
np.set_printoptions(**plain)
print(x, {"x": x})
np.set_printoptions(edgeitems=1, threshold=2)
print(x, {"x": x})
