# rtol=1e-9
"""A damped, driven pendulum by the velocity Verlet and the symplectic Euler method."""
import numpy as np
from math import pi, sin, sqrt

g = 9.81
L = 1.0
dt = 0.01
damping = 0.1


def acceleration(theta, omega, t, drive=0.0):
    return -g / L * sin(theta) - damping * omega + drive * sin(2 * t)


def energy(theta, omega):
    return 0.5 * L**2 * omega**2 + g * L * (1 - np.cos(theta))


def simulate(theta0, n_steps, drive):
    theta, omega = theta0, 0.0
    thetas = []
    omegas = []
    t = 0.0
    for i in range(n_steps):
        omega += acceleration(theta, omega, t, drive=drive) * dt
        theta += omega * dt
        t += dt
        thetas.append(theta)
        omegas.append(omega)
    return np.array(thetas), np.array(omegas)


for amplitude in [0.1, 1.0, 3.0]:
    theta, omega = simulate(amplitude, 1000, 0.0)
    zero = np.where(theta[1:] * theta[:-1] < 0)[0]
    period = 2 * np.mean(np.diff(zero)) * dt
    e = energy(theta, omega)
    print(f"amplitude {amplitude:3.1f}: period {period:.5f} s (small: {2 * pi * sqrt(L / g):.5f}), "
          f"energy {e[0]:.6f} -> {e[-1]:.6f}, turning points {len(zero)}")
theta, omega = simulate(0.2, 2000, 1.5)
print("driven:", np.max(theta[1000:]), np.min(theta[1000:]), np.std(omega[1000:]))

times = np.arange(0, 2, 0.25)
small = 0.1 * np.cos(np.sqrt(g / L) * times)
for ti, si in zip(times, small):
    print("t = %.2f  theta = %+.6f  %s" % (ti, si, "left" if si < 0 else "right"))
