"""Generators, sorted with keys, map, filter, itertools, closures in lists."""
import functools
import itertools

import numpy as np


def primes(limit):
    found = []
    for n in range(2, limit):
        if all(n % p for p in found):
            found.append(n)
            yield n  # expect: fallback


print(list(primes(30)), sum(primes(100)), max(primes(50)))
g = (x * x for x in range(5))
print(next(g), next(g), list(g))
words = ["pear", "fig", "banana", "kiwi"]
print(sorted(words, key=lambda w: (len(w), w)), sorted(words, key=len, reverse=True), max(words, key=len), list(map(len, words)))
print(list(filter(lambda x: x % 2, range(7))), list(zip(words, range(2))), list(enumerate("ab")), list(reversed([1, 2, 3])))
print(list(itertools.product("ab", [1, 2])), list(itertools.accumulate([1, 2, 3])), list(itertools.chain([1], [2, 3])))
print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), [f(3) for f in [lambda x: x + 1, lambda x: x * 2]])
a = np.array([3.0, 1.0, 2.0])
print(sorted(a), sorted(a, key=lambda x: -x), [x for x in a if x > 1], np.array([f"{x:.0f}" for x in a]))
first, second = (fn(a) for fn in (np.min, np.max))
print(first, second)
