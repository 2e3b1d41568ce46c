"""sys.exit raises SystemExit; what was printed before stays."""
import sys

import numpy as np


def leave(code):
    try:
        sys.exit(code)
    except SystemExit as e:
        return e.code


print(leave(2), leave(0), leave("message"), leave(None))
try:
    a = np.ones(3)
    print("last line", a.sum())
    sys.exit(0)
finally:
    print("finally")
print("never")
