# Decorators act once, where the function stands.
import numpy as np
def timed(fn):
    def wrapper(*args, **kwargs):
        r = fn(*args, **kwargs)
        print("called", fn.__name__, len(args), sorted(kwargs))
        return r
    return wrapper
@timed
def norm(x, p=2):
    return (np.abs(x) ** p).sum() ** (1 / p)
print(norm(np.array([3.0, 4.0])), norm(np.array([3.0, 4.0]), p=1))
import functools
registry = []
def register(fn):
    registry.append(fn.__name__)
    return fn
@register
def sq(x):
    return x * x + off
off = 1
@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(sq(3), sq(4), registry)
off = 2
print(sq(3), registry, fib(30), fib.cache_info().hits > 0)
