"""ODE integrators that take the right-hand side as an argument: Lorenz, oscillator, decay."""
import numpy as np


def euler(f, y, t, dt):
    return y + dt * f(t, y)


def rk2(f, y, t, dt):
    k1 = f(t, y)
    k2 = f(t + dt / 2, y + dt / 2 * k1)
    return y + dt * k2


def rk4(f, y, t, dt):
    k1 = f(t, y)
    k2 = f(t + dt / 2, y + dt / 2 * k1)
    k3 = f(t + dt / 2, y + dt / 2 * k2)
    k4 = f(t + dt, y + dt * k3)
    return y + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def lorenz(t, state, sigma=10.0, rho=28.0, beta=8.0 / 3.0):
    x, y, z = state
    return np.array([sigma * (y - x), x * (rho - z) - y, x * y - beta * z])


def oscillator(t, y):
    return np.array([y[1], -4.0 * y[0]])


def decay(t, y):
    return -2.0 * y + t


def solve(f, y0, t_end, n, method=rk4):
    t = np.linspace(0, t_end, n + 1)
    dt = t[1] - t[0]
    y = np.zeros((n + 1, len(y0)))
    y[0] = y0
    for i in range(n):
        y[i + 1] = method(f, y[i], t[i], dt)
    return t, y


t, y = solve(lorenz, np.array([1.0, 1.0, 1.0]), 5.0, 1000)
print(y[::200])
print("crossings of z = 25:", np.sum((y[1:, 2] - 25) * (y[:-1, 2] - 25) < 0), "largest x", repr(float(y[:, 0].max())))
for method, name in [(euler, "Euler"), (rk2, "midpoint"), (rk4, "RK4")]:
    t, y = solve(oscillator, [1.0, 0.0], 3.0, 60, method)
    energy = 0.5 * y[:, 1]**2 + 2.0 * y[:, 0]**2
    print(f"{name:10s} end {y[-1, 0]: .10f} {y[-1, 1]: .10f}  energy drift {energy[-1] - energy[0]: .3e}")
errors = []
for n in [10, 20, 40, 80]:
    t, y = solve(decay, [1.0], 1.0, n)
    exact = 1.25 * 0.1353352832366127 + 0.5 - 0.25
    errors.append(abs(y[-1, 0] - exact))
orders = [np.log2(errors[i] / errors[i + 1]) for i in range(3)]
print("observed orders:", ", ".join(f"{o:.2f}" for o in orders))
