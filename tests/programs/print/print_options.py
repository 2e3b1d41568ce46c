import numpy as np

def show(label, v):
    print(label, v)

np.set_printoptions(precision=4, suppress=True)
rng = np.random.default_rng(3)
a = rng.normal(size=(4, 5)) * 1000
show("a", a)
print(a / 1e7, a * 1e9)
print(np.array([1e-10, 1, 3e5]), np.array([1.5, np.nan, -np.inf]), repr(a[0]))
print([a[0], a[1, 1]], (a[1],), f"{a[2]}", "%s" % a[3])
print(np.array([1/3 + 2j/3, 1e-9 + 1e3j]), np.array([1e-9, 2], dtype=np.float32), np.array(3.14159265358979), repr(np.array(3.14159265)))
np.set_printoptions(precision=2, linewidth=40)
print(a, np.arange(50))
np.set_printoptions(threshold=20, edgeitems=1)
print(np.arange(100.) / 7, np.arange(60).reshape(6, 10), np.zeros((5, 5, 5)), repr(np.arange(30)))
np.set_printoptions(threshold=np.inf, linewidth=100, suppress=False)
print(np.arange(120), np.array([1e-8, 1.0]))
np.set_printoptions(precision=0)
print(np.array([1.5, 2.25, 1e10]), np.array([1.2, 3.7]))
np.set_printoptions(precision=12, threshold=1000, edgeitems=3, linewidth=75)
print(np.array([1/3, 2/3]), np.pi * np.arange(3), np.float64(1/3), 1/3)
print({'a': np.array([1/3])})
np.set_printoptions(precision=3)
d = {'a': np.array([1/3])}
print(d, np.fft.fft(np.array([1., 2, 3])))
