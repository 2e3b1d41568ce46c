"""Arrays of integers and bools of 0 to 4 dimensions."""
import numpy as np

print(np.array(5), np.array([1]), np.array([1, -20, 300]), np.zeros(0, dtype=int))
print(np.arange(12).reshape(3, 4) * 37 - 100)
print(np.arange(24).reshape(2, 3, 4))
print(np.arange(16).reshape(2, 2, 2, 2) % 5)
print(np.array([True, False, True]), np.array([[True], [False]]), np.array(True))
print(np.arange(40))
print(np.arange(100, 160).reshape(2, 30))
print(np.array([0, 255], dtype=np.uint8), np.array([-128, 7], dtype=np.int8), np.array([2**63], dtype=np.uint64))
print(np.zeros((0, 3)), np.zeros((2, 0)), np.zeros((1, 0, 2), dtype=np.int32))
print(repr(np.array([1, -20, 300])), repr(np.array([[1, 2], [3, 4]], dtype=np.int32)))
print(repr(np.array(5)), repr(np.zeros(0)), repr(np.array([True, False])), repr(np.zeros((0, 3))))
print(repr(np.arange(40)))
print(repr(np.arange(8, dtype=np.uint8).reshape(2, 2, 2)))
print([np.arange(2), np.arange(3)], (np.ones(1),))
print(np.arange(6).reshape(2, 3).T, np.arange(10)[::-3])
print(str(np.arange(3)) + "!", len(str(np.arange(5))))
