"""Functions in lists and dicts read the module's variables when they are called."""
s = 2
fs = [lambda x: x * s, lambda x: x + s]
s = 10
print([f(1) for f in fs])


def show():
    return s


callbacks = {"show": show, "late": lambda: later(VALUE)}
for s in range(3):
    print(callbacks["show"](), end=" ")
print()


def later(v):
    return v + 1


VALUE = 9
print(callbacks["late"]())
VALUE = 11
print(callbacks["late"]())


def local(v):
    VALUE = {"z": v}
    return VALUE["z"] + callbacks["late"]()


print(local(3), callbacks["late"]())


