# complex() of NumPy scalars, complex numbers times them, aliases in annotations, __format__.
import numpy as np
a = np.array([1.0, 2.0])
print(complex(1.0, a[1]), complex(a[0], 2), complex(a[0], a[1]), complex(a[0]), complex(np.float32(0.5), np.int64(3)), int(a[1]), float(a[1]))
for y in np.linspace(1, -1, 3):
    print(complex(0.5, y), complex(np.cos(y), -np.sin(y)))
y = np.float64(2)
print([1j * y], repr(1j + y), repr(1j - y), repr(1j / y), repr(1j ** y), repr(abs(1j * y)), repr(y * 1j), repr(1j * np.float32(2)), repr(1j * np.int64(2)))
z = 1 + 1j
z *= y
print(repr(z)); z += a[0]; print(repr(z)); z = z * a; print(repr(z))
q = np.array([0.0, 1.0])
try:
    print(1j / q[0])
except ZeroDivisionError as e:
    print(e)
def div(x, y): return x / y
print(div(1j, q[1]))
V = float
Vec = "np.ndarray"
def f(x: V) -> V:
    raise ValueError("boom")
try: f(1.0)
except ValueError as e: print(e)
def g(x: V, k: V = 2.0) -> V: return -x * k
print(sorted([3, 1], key=g), list(map(g, [1.0])), [g][0](2.0), {"g": g}["g"](1.0))
class F:
    def __format__(self, spec):
        return "fmt<" + spec + ">"
v = F()
print(f"{v}", f"{v:}", "{}".format(v), format(v), f"{v:a}", f"{np.float32(0.1)} {None} {[1]}")
d = {"a": 1}
print(f"{d} {d['a']} {'x'}")
