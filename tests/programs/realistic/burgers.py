# rtol=1e-9
"""Burgers' equation: 1-D periodic against the analytical solution, and coupled in 2-D."""
import numpy as np


def analytic(t, x, nu):
    a = np.exp(-(x - 4 * t)**2 / (4 * nu * (t + 1)))
    b = np.exp(-(x - 4 * t - 2 * np.pi)**2 / (4 * nu * (t + 1)))
    da = -2 * (x - 4 * t) / (4 * nu * (t + 1)) * a
    db = -2 * (x - 4 * t - 2 * np.pi) / (4 * nu * (t + 1)) * b
    return -2 * nu * (da + db) / (a + b) + 4


nx = 101
nt = 100
dx = 2 * np.pi / (nx - 1)
nu = .07
dt = dx * nu
x = np.linspace(0, 2 * np.pi, nx)
u = analytic(0, x, nu)

for n in range(nt):
    un = u.copy()
    for i in range(1, nx - 1):
        u[i] = un[i] - un[i] * dt / dx * (un[i] - un[i-1]) + nu * dt / dx**2 * (un[i+1] - 2 * un[i] + un[i-1])
    u[0] = un[0] - un[0] * dt / dx * (un[0] - un[-2]) + nu * dt / dx**2 * (un[1] - 2 * un[0] + un[-2])
    u[-1] = u[0]

u_analytical = analytic(nt * dt, x, nu)
print("numerical: ", u[::20])
print("analytical:", u_analytical[::20])
print("largest error: %.8f" % np.max(np.abs(u - u_analytical)))

### 2-D
nx = ny = 31
dx = dy = 2 / (nx - 1)
sigma = .0009
nu = 0.01
dt = sigma * dx * dy / nu
u = np.ones((ny, nx))
v = np.ones((ny, nx))
u[int(.5 / dy):int(1 / dy + 1), int(.5 / dx):int(1 / dx + 1)] = 2
v[int(.5 / dy):int(1 / dy + 1), int(.5 / dx):int(1 / dx + 1)] = 2
for n in range(80 + 1):
    un = u.copy()
    vn = v.copy()
    u[1:-1, 1:-1] = (un[1:-1, 1:-1] - dt / dx * un[1:-1, 1:-1] * (un[1:-1, 1:-1] - un[1:-1, 0:-2])
                     - dt / dy * vn[1:-1, 1:-1] * (un[1:-1, 1:-1] - un[0:-2, 1:-1])
                     + nu * dt / dx**2 * (un[1:-1, 2:] - 2 * un[1:-1, 1:-1] + un[1:-1, 0:-2])
                     + nu * dt / dy**2 * (un[2:, 1:-1] - 2 * un[1:-1, 1:-1] + un[0:-2, 1:-1]))
    v[1:-1, 1:-1] = (vn[1:-1, 1:-1] - dt / dx * un[1:-1, 1:-1] * (vn[1:-1, 1:-1] - vn[1:-1, 0:-2])
                     - dt / dy * vn[1:-1, 1:-1] * (vn[1:-1, 1:-1] - vn[0:-2, 1:-1])
                     + nu * dt / dx**2 * (vn[1:-1, 2:] - 2 * vn[1:-1, 1:-1] + vn[1:-1, 0:-2])
                     + nu * dt / dy**2 * (vn[2:, 1:-1] - 2 * vn[1:-1, 1:-1] + vn[0:-2, 1:-1]))
    u[0, :] = 1
    u[-1, :] = 1
    u[:, 0] = 1
    u[:, -1] = 1
    v[0, :] = 1
    v[-1, :] = 1
    v[:, 0] = 1
    v[:, -1] = 1
    if n % 20 == 0:
        print(f"step {n:3d}: max {u.max():.6f}, sum {u.sum():.6f}, front {np.argmax(u[12])}")
print(u[10, ::5], (u == v).all())
