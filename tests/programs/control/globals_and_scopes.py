"""Names: globals read late, global statements, locals that hide, closures."""
counter = 0
step = 1


def bump():
    global counter
    counter += step
    return counter


bump()
step = 10
bump()
print(counter)


def hide():
    step = 99
    return step


print(hide(), step)


def make_adder(n):
    def add(x):
        return x + n
    return add


add3 = make_adder(3)
print(add3(4), make_adder(0.5)(1))


def outer():
    level = 1

    def inner():
        nonlocal level
        level *= 5
        return level

    inner()
    inner()
    return level


print(outer())


def uses_later():
    return helper(3) + 1


def helper(x):
    return x * x


print(uses_later())


def helper(x):
    return -x


print(uses_later())
f = helper
print(f(5), (f if step > 5 else hide)(7))
