# not-in-cpython: Python's int grows; a native int stops instead of wrapping
import sys


def power(base, n):
    return base**n  # error-at-run-time: "OverflowError"


print(power(2, 61 + len(sys.argv)))
print(power(-2, 62 + len(sys.argv)))
print(power(2, 62 + len(sys.argv)))
