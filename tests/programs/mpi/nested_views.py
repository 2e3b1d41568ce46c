"""Views of views of temporaries, wide stencils, staggered grids: extents differ by a few cells."""
import numpy as np

n, m = 16, 13
u = (np.arange(n * m) * 53 % 211 / 211.0).reshape(n, m)
a = u[1:-1, 1:-1]
b = a[1:-1, 1:-1]
c = b[::2, ::3][1:, :-1]
print(c.shape, c, (b * 2 - u[2:-2, 2:-2]).sum() == b.sum())
gx = (u[:, 1:] - u[:, :-1])[1:-1]
gy = (u[1:] - u[:-1])[:, 1:-1]
lap = (gx[:, 1:] - gx[:, :-1]) + (gy[1:] - gy[:-1])
five = u[1:-1, 2:] + u[1:-1, :-2] + u[2:, 1:-1] + u[:-2, 1:-1] - 4 * a
print(np.allclose(lap, five), repr(float(lap.sum())), five[6])
bi = five[1:-1, 2:] + five[1:-1, :-2] + five[2:, 1:-1] + five[:-2, 1:-1] - 4 * five[1:-1, 1:-1]
print(bi.shape, repr(float(bi.sum())), bi[4])
p = np.zeros((n, m))
ux = np.zeros((n, m + 1))
uy = np.zeros((n + 1, m))
p[7:9, 5:8] = 1
for it in range(10):
    ux[:, 1:-1] -= 0.5 * (p[:, 1:] - p[:, :-1])
    uy[1:-1] -= 0.5 * (p[1:] - p[:-1])
    p -= 0.5 * (ux[:, 1:] - ux[:, :-1] + uy[1:] - uy[:-1])
print(repr(float(p.sum())), p[8], ux[7], uy[:, 6])
wide = np.zeros(n * 2)
line = np.arange(n * 2.0) ** 2 % 19
for k, w in enumerate((1, -9, 45, 0, -45, 9, -1)):
    wide[3:-3] += w * line[k:n * 2 - 6 + k]
print(wide / 60)
window = np.zeros(26)
for k in range(7):
    window += line[k:k + 26] / 7
print(window)
outer = u[:, :6][3:12] * u[4:13, 7:]
print(outer.shape, outer[8], repr(float(outer.sum())))
corner = np.zeros((n - 1, m - 1))
corner += u[:-1, :-1]
corner += u[1:, :-1]
corner += u[:-1, 1:]
corner += u[1:, 1:]
corner /= 4
print(corner[0], corner[-1], repr(float(corner.sum())))
a[:] = corner[1:, 1:][:, :11] - corner[:-1, :-1]
u[::5, ::4] = 9
print(u[5], b[3], a[4])
