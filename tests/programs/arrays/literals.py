# np.array of displays: mixed numbers, NumPy scalars, nested lists, comprehensions.
import numpy as np

print(repr(np.full((2, 2), 7)), repr(np.full(3, 1.5)), repr(np.full((2,), True)), repr(np.full(2, 1j)), repr(np.full(2, 3, dtype=float)))
print(repr(np.array([1, 2.5, True])), repr(np.array([True, False])), repr(np.array([np.float32(1), np.float32(2)])), repr(np.array([np.int32(1), 2])))
print(repr(np.array([1, 2j])), repr(np.array(5)), repr(np.array(2.5)), repr(np.array([[1, 2], [3, 4.0]])), repr(np.array((1, 2, 3))))
print(repr(np.array([])), repr(np.array([[], []])), repr(np.array([[1], [2]], dtype=np.float32)), repr(np.array(range(4))))
print(repr(np.array([np.arange(3), np.arange(3)])), repr(np.array([np.float64(2.0), 1])), repr(np.array([i * 2 for i in range(4)])))
print(repr(np.array([[i * j for j in range(3)] for i in range(2)])), repr(np.array([x / 2 for x in range(3)])))
print(repr(np.asarray([1, 2])), repr(np.asarray(3.0)), repr(np.ascontiguousarray(np.arange(6).reshape(2, 3).T)))
print(repr(np.zeros(3, int)), repr(np.zeros((2, 2), dtype=bool)), repr(np.empty((0, 3))), repr(np.ones((1, 2), dtype="int32")), repr(np.zeros((), float)))
print(repr(np.zeros([2, 1])), repr(np.ones(np.int64(2))))
