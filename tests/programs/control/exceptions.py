"""try, except, else, finally, raise; the texts of NumPy's and Python's errors."""
import sys

import numpy as np

a = np.arange(6).reshape(2, 3)


def attempt(k):
    try:
        if k == 0:
            return 1 // (k * 1)
        if k == 1:
            return a[5, 0]
        if k == 2:
            return a + np.ones(2)
        if k == 3:
            return [1, 2][k]
        if k == 4:
            raise ValueError("mine")
        if k == 5:
            return a.reshape(4, -1)
        if k == 6:
            return int("x1")
        if k == 7:
            assert k < 7, "seven"
        if k == 8:
            sys.exit(3)
    except ZeroDivisionError as e:
        return "zero: " + str(e)
    except (IndexError, ValueError) as e:
        return type(e).__name__ + ": " + str(e)
    except AssertionError as e:
        return f"assert {e}"
    except SystemExit as e:
        return f"exit {e.code}"
    else:
        return "fine"
    finally:
        print("finally", k, end=" ")
    return "end"


for k in range(10):
    print(attempt(k))

try:
    try:
        x = 1.0 / 0
    finally:
        print("cleanup")
except ArithmeticError:
    print("caught")
n = 0
while True:
    try:
        n += 1
        if n < 3:
            continue
        break
    finally:
        print("n", n)
