# NaN is equal to itself in lists and tuples where it is the same object.
nan = float("nan")
print((1.0, 2) == (1.0, 2), [1.0] == [1.0], 2.0 in [1.0, 2.0], (nan,) == (1.0,), nan == nan, [1.5, 2].count(1.5))
x = [1.0, nan]
print(x)
print(nan in [1.0, nan], [nan] == [nan], x == x, (nan, 1) == (nan, 1), x.count(nan), x.index(nan), float("nan") in x, nan in (1, nan))
a = [1, 2]; a.append(a)
print(a[2] is a, a)
b = [[1], [2]]
b[0] = b
print(b)
