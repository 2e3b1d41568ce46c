# Annotations are evaluated where classes and functions are defined in CPython.
import numpy as np
from dataclasses import dataclass
from typing import List, NamedTuple, Optional
@dataclass
class Body:
    name: str
    pos: np.ndarray
print(Body("a", np.zeros(2)).pos)
class Pt(NamedTuple):
    x: np.ndarray
    y: Optional[int] = None
print(Pt(np.ones(2)))
def h(x: List[int], y: np.ndarray = None) -> np.ndarray:
    try:
        return np.asarray(x, dtype=float)
    except TypeError:
        return np.zeros(1)
print(h([1, 2]))
def native(x: np.ndarray, n: "int" = 2) -> float:
    total: float = 0.0
    for k in range(n):
        total += x[k]
    return total
print(native(np.ones(3)), list(map(native, [np.ones(3)])))
y: int = 3
print(y)
