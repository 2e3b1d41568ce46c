# rtol=1e-9
"""The wave equation with absorbing edges (Mur) in 1-D and a sponge layer in 2-D."""
import numpy as np

nx = 101
c = 1.0
dx = 1.0 / (nx - 1)
dt = 0.9 * dx
C = c * dt / dx
x = np.linspace(0, 1, nx)
u_old = np.exp(-((x - 0.5) / 0.05)**2)
u = u_old.copy()
u[1:-1] += 0.5 * C**2 * (u_old[2:] - 2 * u_old[1:-1] + u_old[:-2])
coef = (C - 1) / (C + 1)
energies = []
for n in range(160):
    u_new = np.empty_like(u)
    u_new[1:-1] = 2 * u[1:-1] - u_old[1:-1] + C**2 * (u[2:] - 2 * u[1:-1] + u[:-2])
    u_new[0] = u[1] + coef * (u_new[1] - u[0])
    u_new[-1] = u[-2] + coef * (u_new[-2] - u[-1])
    u_old, u = u, u_new
    kinetic = 0.5 * np.sum(((u - u_old) / dt)**2) * dx
    potential = 0.5 * c**2 * np.sum((np.diff(u) / dx)**2) * dx
    energies.append(kinetic + potential)
    if n % 20 == 19:
        print("%4d  energy %.6f  right front %d" % (n + 1, energies[-1], np.max(np.where(np.abs(u) > 0.1, np.arange(nx), 0))))
print("all has left:", energies[-1] < 1e-3 * energies[0], "never grows:", all(b < a * 1.01 for a, b in zip(energies, energies[1:])))

n = 36
i, j = np.mgrid[:n, :n]
edge = np.minimum(np.minimum(i, n - 1 - i), np.minimum(j, n - 1 - j))
sponge = np.where(edge < 8, 0.04 * (8 - edge)**2 / 8, 0.0)
old = np.zeros((n, n))
now = np.zeros((n, n))
probe = []
for t in range(90):
    lap = np.zeros((n, n))
    lap[1:-1, 1:-1] = now[2:, 1:-1] + now[:-2, 1:-1] + now[1:-1, 2:] + now[1:-1, :-2] - 4 * now[1:-1, 1:-1]
    new = (2 * now - (1 - 0.5 * sponge) * old + 0.25 * lap) / (1 + 0.5 * sponge)
    if t < 20:
        new[n // 2, n // 3] += np.sin(2 * np.pi * t / 20)
    old, now = now, new
    probe.append(now[n // 2, 2 * n // 3])
probe = np.array(probe)
print("probe:", probe[20::12])
print("largest at", probe.argmax(), "%.8f" % probe.max(), "field norm %.8f" % np.sqrt((now**2).sum()))
print(np.abs(now).argmax() // n, np.abs(now).argmax() % n, sponge[0, ::6])
