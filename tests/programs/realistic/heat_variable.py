"""Heat in a rod and a plate with variable conductivity, explicit and implicit by Jacobi sweeps."""
import numpy as np

nx = 41
L = 1.0
dx = L / (nx - 1)
x = np.linspace(0.0, L, nx)
k = np.where(x < 0.4, 1.0, np.where(x < 0.6, 0.1, 2.0))
rho_c = 1.0 + x
k_face = 2 * k[1:] * k[:-1] / (k[1:] + k[:-1])  # harmonic mean
dt = 0.4 * dx**2 / k.max()
T = np.zeros(nx)
T[0] = 100.0
heated = (x > 0.7) & (x < 0.8)
source = np.zeros(nx)
source[heated] = 500.0

energy = 0.0
for step in range(2000):
    flux = -k_face * (T[1:] - T[:-1]) / dx
    dT = np.zeros(nx)
    dT[1:-1] = -(flux[1:] - flux[:-1]) / dx + source[1:-1]
    T = T + dt * dT / rho_c
    T[0] = 100.0
    T[-1] = T[-2]
    energy += dt * flux[0]
    if step % 500 == 0:
        print("step", step, "time %.5f" % (step * dt), "mean", round(float(T.mean()), 8))
print(T[::5], "energy in: %.8f" % energy)
gradient = np.gradient(T, dx)
print("steepest at x = %.3f" % x[np.argmax(np.abs(gradient))], gradient[::10].round(6))

ny, nx = 18, 22
K = np.ones((ny, nx))
K[6:12, 8:14] = 0.05
Kx = 0.5 * (K[:, 1:] + K[:, :-1])
Ky = 0.5 * (K[1:, :] + K[:-1, :])
U = np.zeros((ny, nx))
U[:, 0] = 1.0
r = 5.0
for step in range(4):
    rhs = U.copy()
    for sweep in range(500):
        old = U.copy()
        west, east = Kx[1:-1, :-1], Kx[1:-1, 1:]
        south, north = Ky[:-1, 1:-1], Ky[1:, 1:-1]
        U[1:-1, 1:-1] = (rhs[1:-1, 1:-1] + r * (west * old[1:-1, :-2] + east * old[1:-1, 2:]
                         + south * old[:-2, 1:-1] + north * old[2:, 1:-1])) / (1 + r * (west + east + south + north))
        U[0, 1:-1] = U[1, 1:-1]
        U[-1, 1:-1] = U[-2, 1:-1]
        if np.abs(U - old).max() < 1e-7:
            break
    print(f"implicit step {step}: {sweep + 1} sweeps, total {U.sum():.8f}")
print(U[9, ::3], U[2, ::3])
