"""dtypes of results: NEP 50, weak Python scalars, strong NumPy ones."""
import numpy as np

b = np.array([True, False])
i8 = np.array([1, 2], dtype=np.int8)
i4 = np.array([1, -2], dtype=np.int32)
i = np.array([1, 2])
u = np.array([1, 2], dtype=np.uint8)
f4 = np.array([1.5, 2.5], dtype=np.float32)
f = np.array([1.5, 2.5])
c = np.array([1j, 2])
names = ["b", "i8", "i4", "i", "u", "f4", "f", "c"]
arrays = [b, i8, i4, i, u, f4, f, c]
for k in range(8):
    line = f"{names[k]:>2}:"
    for m in range(8):
        line += f" {(arrays[k] + arrays[m]).dtype}"
    print(line)
print((i4 + 1).dtype, (i4 + 1.0).dtype, (f4 + 1).dtype, (f4 * 2.5).dtype, (f4 + 1j).dtype, (b + 1).dtype, (u + 1).dtype)
print((i4 / 2).dtype, (i4 / i4).dtype, (f4 / 3).dtype, (i8 / i8).dtype, (b / b).dtype, (i4 // 2).dtype)
print((f4 + np.float64(1)).dtype, (i4 + np.int64(1)).dtype, (f4 + i4).dtype, (f4 + i8).dtype, (f4 + u).dtype, (f4 + i).dtype)
print((b & b).dtype, (b + b), (b * 2), (b * 0.5), -i8, (b == 1), (~b))
print((f4 > 1).dtype, np.sqrt(i4).dtype, np.sqrt(f4).dtype, np.exp(i8).dtype, np.abs(c).dtype, np.sin(b).dtype)
print((i4 ** 2).dtype, (i4 ** 2.0).dtype, (f4 ** 2).dtype, (2 ** i4[:1]).dtype, (2.0 ** i4).dtype)
print(f4 * 0.1, (f4 * np.float64(0.1)), f4.sum().dtype, f4.mean().dtype, i4.mean().dtype, i4.sum().dtype, b.sum().dtype)
print(np.where(b, 1, 2.5), np.where(b, i4, f4).dtype, np.where(b, f4, 0).dtype, np.where(b, f4, 0.5).dtype)
print(np.maximum(i4, 0).dtype, np.minimum(f4, 1.0).dtype, np.maximum(i4, 1.5).dtype, np.concatenate([i4, f4]).dtype)
print(np.dtype("f4"), np.dtype("i8"), np.dtype("bool"), np.zeros(1, dtype="float32").dtype, np.zeros(1, dtype="c16").dtype)
print(np.result_type(np.int32, np.float32), np.promote_types("i4", "u4"), np.array([1, 2.0, 3j]).dtype)
x = np.zeros(2, dtype=np.int32)
x[0] = 3.9
x += np.array([1, 2])
f4[0] = 0.1
f4 *= 3.3
print(x, x.dtype, f4, f4.dtype)
