"""Truth values: short circuits, what `and` gives, bools as ints."""


def say(name, value):
    print("  asked", name)
    return value


print(say("a", False) and say("b", True))
print(say("a", True) or say("b", False))
print(say("a", 0) or say("b", 5))
print(say("a", 3) and say("b", 0.0))
print(not 0, not 3, not 0.0, not "", not "x", not [], not [0], not None)
print(True + True, True * 3.5, -True, True // 2, False**0)
print(True & False, True | False, True ^ True, ~True)
print(1 < 2 < 3, 1 < 3 < 2, 3 > 2 > 1 > 0, 1 == 1.0 == True, 0 < 1 > 0 != 2)


def middle():
    print("  middle")
    return 5


print(1 < middle() < 10)
print(9 < middle() < 4)
print(5 in [1, 5], 5 not in (1, 2), "ell" in "hello", "z" not in "hello")
x = None
print(x is None, x is not None, x == None, None or "default")
print(bool(0.1), bool(-1), bool(""), bool("False"), bool(0j))
print(any([0, 0, 3]), all([1, 1, 0]), any([]), all([]))
print(True == 1, isinstance(True, int), sum([True, False, True]))
