"""Float sums of matrices, interiors, transposes, along each axis, to the last bit."""
import numpy as np


def show(name, *values):
    print(name, *[repr(float(v)) for v in values])


for rows, cols in ((3, 5), (9, 130), (41, 41), (130, 9), (200, 170), (3, 9000)):
    i = np.arange(rows * cols)
    a = (((i * 7919) % 1009) / 1009.0 - 0.25).reshape(rows, cols)
    print(rows, cols)
    show("  all", a.sum(), a.T.sum(), a.mean(), a.copy().T.sum(), (a * 3).sum())
    show("  interior", a[1:-1, 1:-1].sum(), a[1:-1, 1:-1].T.sum(), a[1:-1, 1:-1].mean(), a[:, 1:].sum(), a[1:].sum())
    show("  steps", a[::2, ::3].sum(), a[::-1].sum(), a[:, ::-1].sum(), a[::2].sum(), a[:, ::2].T.sum())
    s0 = a.sum(axis=0)
    s1 = a.sum(axis=1)
    show("  axis 0", s0[0], s0[-1], s0[cols // 2], s0.sum(), a.mean(axis=0)[1])
    show("  axis 1", s1[0], s1[-1], s1[rows // 2], s1.sum(), a.mean(axis=1)[1])
    t = a.T
    show("  of T", t.sum(axis=0)[1], t.sum(axis=1)[1], t[1:, :-1].sum(axis=0)[0], t[::2].sum(axis=-1)[0])
    v = a[1:, 1:-1]
    show("  view", v.sum(axis=0)[0], v.sum(axis=1)[0], v[:, ::2].sum(axis=0)[-1], v[:, ::2].sum(axis=1)[-1])
    show("  diff", np.abs(a[:, 1:] - a[:, :-1]).sum(), ((a[1:] - a[:-1]) ** 2).sum(), (a - a.mean()).sum())
