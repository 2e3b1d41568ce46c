"""astype and copies: casts truncate, wrap, round to float32."""
import numpy as np

f = np.array([1.9, -1.9, 0.0, 2.5, 1e9])
print(f.astype(int), f.astype(np.int32), f.astype(bool), f.astype(np.float32), f.astype(complex), f[:3].astype(np.int8), f.astype("f4").dtype, f.astype("int64"), f.astype(float) is f)
i = np.array([0, 1, 255, 256, -1, 70000])
print(i.astype(np.uint8), i.astype(np.int8), i.astype(np.int16), i.astype(np.float32), i.astype(bool), i.astype(np.uint64)[:3], i.astype(float) / 2)
b = np.array([True, False])
print(b.astype(int), b.astype(float), b.astype(np.uint8) + 255, (b.astype(int) - 1), b.view(np.uint8))
d = np.array([0.1, 1 / 3, 16777217.0, 1e-46, 1e39])
s = d.astype(np.float32)
print(s, s.astype(float), (d - s)[:3], s == d)
z = np.array([1 + 2j, -0.5])
print(z.real.astype(int), z.astype(np.complex64), z.imag, np.array([1, 2]).astype(complex))
print(np.int32(7.9), np.float32(1) / 3, np.int64(True), np.float64("1.5"), int(np.float64(3.9)), np.uint8(200) + np.uint8(100), bool(np.float64(0.0)), complex(np.float32(0.5)))
c = f.copy()
c[0] = 0
g = np.array(f, copy=True)
g += 1
h = f.astype(f.dtype)
h[1] = 5
print(f, np.asarray(f, dtype=np.float32).dtype, np.ascontiguousarray(f[::2]), np.array(f, dtype=int)[1], np.asarray([1, 2], dtype=float))
