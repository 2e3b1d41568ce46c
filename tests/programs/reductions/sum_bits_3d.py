"""Float sums of boxes over one, two and three axes, to the last bit."""
import numpy as np


def show(name, *values):
    print(name, *[repr(float(v)) for v in values])


for shape in ((3, 4, 5), (11, 13, 17), (2, 60, 150), (150, 2, 61)):
    n = shape[0] * shape[1] * shape[2]
    a = (((np.arange(n) * 7919) % 1009) / 1009.0 - 0.25).reshape(shape)
    print(shape)
    show("  all", a.sum(), a[1:-1, 1:-1, 1:-1].sum(), a[1:, :, :-1].sum(), a[:, 1:].sum(), a.transpose(2, 0, 1).sum(), a[..., ::2].mean())
    for axis in (0, 1, 2, -1, -2):
        s = a.sum(axis=axis)
        show(f"  axis {axis} {s.shape}", s[0, 0], s[-1, -1], s[1, 1], a.mean(axis=axis)[1, 1], a[:, 1:, 1:].sum(axis=axis)[0, 0])
    for axes in ((0, 1), (0, 2), (1, 2), (-1, 0)):
        s = a.sum(axis=axes)
        show(f"  axes {axes} {s.shape}", s[0], s[-1], a.mean(axis=axes)[1], a[:, :, 1:].sum(axis=axes)[1])
    print("  keep", a.sum(axis=(0, 2), keepdims=True).shape, a.sum(keepdims=True).shape, a.sum(axis=1, keepdims=True).shape, a.sum(axis=(0, 1, 2)).shape)
    x, y, z = a.sum(axis=(1, 2)), a.sum(axis=(0, 2)), a.sum(axis=(0, 1))
    show("  of sums", x.sum(), y.sum(), z.sum())
