"""Usage: prog [n]

Says what it does.
"""


def usage():
    print(__doc__)


def half(x):
    """Halves."""
    return x / 2


def plain():
    pass


usage()
print(__doc__.split()[0], len(__doc__))
print(half.__doc__, half.__name__, plain.__doc__)
print((1).__class__, "a".__class__.__name__, [1].__len__())
