# Local variables that pieces in CPython read, of the name of a global that a method reads.
scale = 3


class A:
    def f(self):
        return scale * 2


def g():
    scale = 10
    d = {"x": scale}
    return A().f() + d["x"]


def h(scale):
    try:
        scale += 1
    except ValueError:
        pass
    return scale + A().f()


print(g(), A().f())
print(h(5), A().f(), scale)
