"""Float sums of every awkward length, to the last bit."""
import numpy as np

for n in (0, 1, 2, 7, 8, 9, 15, 16, 17, 127, 128, 129, 136, 255, 256, 257, 1000, 1023, 1024, 1025, 8191, 8192, 8193, 16400, 100001):
    i = np.arange(n)
    x = ((i * 7919) % 1009) / 1009.0 - 0.25
    print(n, repr(float(x.sum())), repr(float(np.sum(x * x))), repr(float((x * 1e10).sum())))

x = 1 / np.arange(1, 100002)
print(repr(float(x.sum())), repr(float(x[::-1].sum())), repr(float(x.mean())))
print(repr(float(x[::2].sum())), repr(float(x[1:].sum())), repr(float(x[5:-3:3].mean())), repr(float(x[100:0:-1].sum())))
y = x.astype(np.float32)
print(repr(y.sum()), repr(y.mean()), repr(y[:129].sum()), repr(y[::3].sum()), repr(y.sum(dtype=np.float64)))
print(repr(float(np.full(100000, 0.1).sum())), sum([0.1] * 10), repr(float(np.array([1e16, 1.0, -1e16]).sum())))
print(repr(float(x.prod())), repr(float((x[:20] * 9).prod())), repr(float(x[:1000].cumsum()[-1])), repr(float(np.add.reduce(x))))
total = 0.0
for v in x[:1000]:
    total += v
print(repr(float(total)))
z = np.arange(1, 1001) / 7 + 1j / np.arange(1, 1001)
print(z.sum(), z[::3].sum(), z[:9].sum(), z.mean())
