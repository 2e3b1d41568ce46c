"""A filter by slices, by loops and by np.convolve; moving averages by cumsum."""
import numpy as np


def fir(x, h):
    y = np.zeros(len(x) - len(h) + 1)
    for k in range(len(h)):
        y += h[k] * x[len(h) - 1 - k:len(x) - k]
    return y


def fir_loops(x, h):
    n = len(x) - len(h) + 1
    y = np.empty(n)
    for i in range(n):
        s = 0.0
        for k in range(len(h)):
            s += h[k] * x[i + len(h) - 1 - k]
        y[i] = s
    return y


t = np.arange(200)
x = (t % 25) / 25 + (t * 7 % 13 - 6) / 40
h = np.array([0.05, 0.2, 0.4, 0.25, -0.1])
y = fir(x, h)
z = fir_loops(x, h)
print((y == z).all(), np.allclose(y, np.convolve(x, h, mode="valid")), y.shape, repr(float(y.sum())), [float(v) for v in y[:3]])
w = 8
c = np.cumsum(x)
moving = (c[w:] - c[:-w]) / w
print(moving.shape, repr(float(moving[0])), repr(float(moving.max())), repr(float(moving[-1])))
state = 0.0
out = []
for v in x[:20]:
    state = 0.8 * state + 0.2 * v
    out.append(float(state))
print(out[-3:], len(out), max(out))
d = y[1:] - y[:-1]
crossings = np.count_nonzero((d[1:] * d[:-1]) < 0)
print(crossings, np.sqrt(np.mean(y**2)), y[::50])
