"""NumPy scalars inside lists, tuples, f-strings; shapes and dtypes."""
import numpy as np

a = np.arange(6, dtype=np.float64).reshape(2, 3) / 4
print(a.shape, a.ndim, a.size, a.dtype, a.nbytes, a.itemsize, len(a), a.T.shape)
print(np.zeros(3).shape, np.array(1).shape, np.zeros((2, 0)).size)
print([a[0, 1], a[1, 2]], (a.max(), a.argmax()), [a.shape, a.dtype])
print((a > 1).any(), [(a > 1).all()], [np.bool_(True)], (np.True_, np.False_))
print(f"{a.shape} {a.dtype} {a.max()} {[a.min()]} {a.any()}")
print(a.mean(), [a.mean(axis=0)[0]], a.sum(axis=1))
print(np.float64, np.int32, np.dtype("float32"), np.dtype(int), repr(np.dtype(np.int16)), a.dtype == np.float64, a.dtype.name)
print(type(a[0, 0]), type(a).__name__, type(a[0]).__name__, type(3), type(2.5).__name__)
print(np.float64("nan"), [np.float64("inf")], np.float64(1e16), np.float32(1e16), [np.float32(1e-5)])
print(np.int8(5), [np.uint8(200)], (np.complex64(1j),), np.float64(-0.0))
print(list(np.arange(3)), list(a[0]), tuple(np.array([True, False])))
print(np.float64(100000.0), np.float64(123456.789), np.float32(0.1) * 3, np.float32(1) / 3)
print(np.pi, np.e, np.inf, -np.inf, np.nan, np.newaxis)
