"""Classes: attributes, methods, inheritance, operators, properties, dataclasses."""
from dataclasses import dataclass

import numpy as np


class Grid:
    """A square grid that steps."""

    count = 0

    def __init__(self, n, value=0.0):
        self.u = np.full((n, n), value)
        self.n = n
        Grid.count += 1

    def step(self, factor=0.5):
        self.u[1:-1, 1:-1] += factor * (self.u[1:-1, 2:] - self.u[1:-1, 1:-1])
        return self

    @property
    def total(self):
        return self.u.sum()

    def __repr__(self):
        return f"Grid({self.n}, total={self.total:.4f})"


class Heated(Grid):
    def __init__(self, n):
        super().__init__(n, value=1.0)
        self.u[:, -1] = 10

    def step(self, factor=0.25):
        super().step(factor)
        self.u[0] += 1
        return self


a = Grid(4)
b = Heated(5)
a.u[2, 3] = 8
print(a.step().step(), b.step(), b.step(factor=1), Grid.count, isinstance(b, Grid))
print(a.u, b.u[2])


class Vec:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __str__(self):
        return f"<{self.x}, {self.y}>"


print(Vec(1, 2) + Vec(0.5, -1), Vec(1, 2) == Vec(1, 2), Vec(1, 2) != Vec(2, 2))


@dataclass
class Params:
    nx: int
    dt: float = 0.1


p = Params(7)
p.dt *= 2
print(p, p.nx * p.dt)
