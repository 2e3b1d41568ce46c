"""Sums and means of vectors, to the last bit, for lengths around every edge of the tree."""
import numpy as np

for n in (1, 2, 7, 8, 9, 15, 16, 17, 100, 127, 128, 129, 136, 137, 255, 256, 257, 1000, 1023, 8191, 8192, 8193, 20011):
    i = np.arange(n)
    a = (i * 7919 % 1009) / 1009.0 - 0.25
    b = a[1:-1]
    print(n, repr(float(a.sum())), repr(float(a.mean())), repr(float(b.sum())), repr(float(a[n // 3:].sum())))
    print("  steps", repr(float(a[::2].sum())), repr(float(a[::-1].sum())), repr(float(a[1::3].sum())), repr(float(a[n // 2::-2].sum())))
    print("  expressions", repr(float((a * a).sum())), repr(float((a - a[::-1]).sum())), repr(float(np.abs(a[1:] - a[:-1]).sum())), repr(float((a * 0.1).sum())))
    print("  int", i.sum(), (i * i % 7).sum(), (a > 0).sum(), i[::3].sum())
    if n > 3:
        print("  var", repr(float(a.var())), repr(float(b.var())))
    f = a.astype(np.float32)
    print("  f32", repr(float(f.sum())), repr(float(f[1:-1].sum())), repr(float(f[::2].sum())))
