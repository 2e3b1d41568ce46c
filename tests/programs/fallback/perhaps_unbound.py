# Statements in CPython that read variables which may have no value yet.
import sys

for i in range(3):
    try:
        p = i * 2
        print(p)
    except ValueError:
        print("no")

n = len(sys.argv)
if n > 0:
    q = 3
try:
    print(q)
    q = n
except ValueError:
    print("no")
print(q)

for k in range(4):
    try:
        count = count + 1
    except NameError:
        count = 0
print(count)


def inside(flag):
    if flag:
        r = [1, 2]
    try:
        r.append(3)
        print(r)
    except NameError as e:
        print(type(e).__mro__[-4].__name__, flag)
        r = []
    for j in range(2):
        try:
            s = j + len(r)
            r.append(s)
        except IndexError:
            pass
    return r


print(inside(True))
print(inside(False))


def last(values):
    for v in values:
        try:
            best = max(best, v)
        except UnboundLocalError:
            best = v
        except NameError:
            best = v
    return best


print(last([3, 1, 7, 5]))
