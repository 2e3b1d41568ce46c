# Names of exceptions are gone after their handlers, deleted names after 'del'.
import sys
e = 1
try: raise KeyError(1)
except KeyError as e: print("caught", e)
try:
    print(e)
except NameError as x:
    print(x)
def f(v):
    err = None
    try:
        int(v)
    except ValueError as exc:
        err = str(exc)
    return err
print(f("1"), f("x"))
e = 2
try: int("3")
except ValueError as e: pass
print(e)
for k in range(3):
    try:
        10 // (k - 1)
    except ZeroDivisionError as z:
        print("z", z)
i = 3; d = {i: 1}; del i
try:
    print({i: 2})
except NameError as n:
    print(n)
i = 4
d = {i: 2}
del i
