"""Decorators of the program's own: each is called once, where its function is defined."""
REGISTRY = []


def register(fn):
    REGISTRY.append(fn.__name__)
    print("registering", fn.__name__)
    return fn


@register  # expect: fallback [W0109]
def a(x):
    return b(x) + 1 if x > 0 else 0


@register
def b(x):
    return a(x - 1) * 2 + SHIFT


SHIFT = 1
print(a(3), REGISTRY)
SHIFT = 2
print(a(3))


def counter(fn):
    def wrap(*args, **kw):
        wrap.calls += 1
        return fn(*args, **kw)

    wrap.calls = 0
    return wrap


@counter
def square(x, plus=0):
    return x * x + plus


print([square(i) for i in range(4)], square(2, plus=1), square.calls)


def repeat(k):
    def decorate(fn):
        return lambda *args: [fn(*args) for _ in range(k)]

    return decorate


@repeat(2)
def hello(name):
    return "hi " + name


print(hello("bob"))


def outer():
    @counter
    def inner(v):
        return v + 1

    return inner(3) + inner.calls


print(outer())
