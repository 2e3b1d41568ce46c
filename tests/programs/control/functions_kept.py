"""Functions that outlive the expression they stand in: their variables are looked up when called."""
adders = [lambda x, k=k: x + k for k in range(4)]
print([add(10) for add in adders])
late = [lambda x: x + k for k in range(4)]
print([add(10) for add in late])


def apply(f):
    return f(1)


# The comprehension's variable hides the module's.
p = 50
print([apply(lambda t: t + p) for p in range(3)], p)
print([[apply(lambda t: t + i * j) for i in range(2)] for j in range(3)])
print([x for x in range(5) if apply(lambda t: x > t)])
print([apply(lambda t: sum(apply(lambda u: u + t + q + i) for q in range(2))) for i in range(2)])


def make(k):
    return {"scaled": lambda x: x * k}


two, three = make(2), make(3)
print(two["scaled"](1), three["scaled"](1))


def rebound(n):
    fs = []
    for i in range(n):
        j = i * i
        fs.append(lambda x: x + j)
    j = 100
    return [f(1) for f in fs]


print(rebound(3))


def with_defaults(n):
    fs = []
    for i in range(n):

        def inner(x, step=i):
            return x * step

        fs.append(inner)
        fs.append(lambda x, i=i: x - i)
    return fs


print([f(10) for f in with_defaults(2)])


def integrate(f, a, b, n=4):
    h = (b - a) / n
    return sum(f(a + i * h) for i in range(n)) * h


print([integrate(lambda t: w * t, 0, 1) for w in (3.0, 4.0)])
