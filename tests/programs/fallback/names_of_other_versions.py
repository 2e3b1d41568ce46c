# Names that only other versions of Python or NumPy have, behind a guard.
import sys
import numpy as np

try:
    range = xrange
except NameError:
    pass
if sys.version_info[0] < 3:
    text = raw_input("name: ")
else:
    text = "abc"
print(text, list(range(3)))
try:
    unicode
except NameError:
    unicode = str
print(unicode(3))
integrate = np.trapezoid if hasattr(np, "trapezoid") else np.trapz
x = np.linspace(0, 1, 5)
print(integrate(x * x, x))
other = getattr(np, "trapezoid", None) or np.trapz
print(other(x, x))
if np.__version__.startswith("1."):
    y = np.float_(3)
else:
    y = np.float64(3)
print(y, x.__array_interface__["shape"])


def reads_nothing():
    try:
        return undefined_thing
    except NameError as e:
        return str(e)


print(reads_nothing())
