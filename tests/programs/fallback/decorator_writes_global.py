"""A decorated function that changes a variable of the module."""


def logged(fn):
    def wrap(*args):
        print("call", fn.__name__, *args)
        return fn(*args)

    return wrap


total = 0


@logged
def add(v):
    global total
    total += v


add(2)
add(3)
print(total)
