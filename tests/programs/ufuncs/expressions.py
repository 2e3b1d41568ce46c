"""Long expressions mix dtypes, views and scalars; order of operations counts."""
import numpy as np

n = 9
x = np.arange(n) * 0.1
y = (np.arange(n) * 7 % 5).astype(np.float32)
k = np.arange(n, dtype=np.int32)
r = 2 * x[1:] ** 2 - 3 * x[:-1] / (y[1:] + 1) + k[::-1][:-1]
print([float(v) for v in r])
print((x + y + k).dtype, (y * 2 + 1).dtype, (k * 2 // 3).dtype, ((k > 3) & (y < 3)).dtype)
print((1e16 + x) - 1e16, 1e16 + (x - 1e16), (x * 3) / 3 == x, x * 3 / 7 == x * (3 / 7))
print(-x**2 + 1, (-x) ** 2, 2**-k[:4].astype(float), -k // 2, -(k // 2), 10 - k - 1, 10 - (k - 1))
print(x[2] * y + k[3], x.sum() * y[:3] - x.max(), (x - x.mean()) / x.std())
s = 0.5 * (x[1:] + x[:-1]) @ np.diff(x)
print(f"{s:.12f}")
t = x if n > 5 else y
t = t[::2] + t[1::2].mean()
print(t, (lambda q: q * q + 1)(t)[-1])
e = ((x**3 - 2 * x**2 + x - 5) * (x + 1)) / ((x - 10) * (x**2 + 1)) + abs(x - 0.35) - (x > 0.35)
print([float(v) for v in e])
h = 1 - x * (1 - x * (1 - x * (1 - x)))
print([float(v) for v in h])
acc = np.zeros(3)
for i in range(1, 20):
    acc = acc / i + (-1) ** i * x[:3] + i % 3
print([float(v) for v in acc])
