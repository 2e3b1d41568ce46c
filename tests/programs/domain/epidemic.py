"""SIR by Euler and by Runge-Kutta, and the day of the peak."""
import numpy as np


def rates(y, beta, gamma):
    s, i, r = y
    return np.array([-beta * s * i, beta * s * i - gamma * i, gamma * i])


def rk4(f, y, dt, *args):
    k1 = f(y, *args)
    k2 = f(y + dt / 2 * k1, *args)
    k3 = f(y + dt / 2 * k2, *args)
    k4 = f(y + dt * k3, *args)
    return y + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


days = 120
y = np.array([0.99, 0.01, 0.0])
history = np.zeros((days + 1, 3))
history[0] = y
for day in range(1, days + 1):
    for _ in range(4):
        y = rk4(rates, y, 0.25, 0.35, 0.1)
    history[day] = y
peak = history[:, 1].argmax()
print(f"peak on day {peak}: {history[peak, 1]:.9f}; in the end {y[2]:.9f}")
print("total stays one:", np.allclose(history.sum(axis=1), 1))

s, i, r = 990, 10, 0
while i >= 1 and r < 2000:
    new = min(s, int(0.35 * s * i / 1000))
    gone = int(0.1 * i) + (1 if i < 10 else 0)
    s, i, r = s - new, i + new - gone, r + gone
print(s, i, r, s + i + r)
over = history[:, 1] > 0.2
print(over.sum(), np.argmax(over), (history[1:, 1] > history[:-1, 1]).sum(), history[::30].round(6))
