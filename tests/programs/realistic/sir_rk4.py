"""SIR and SEIR by RK4 with vaccination, a table and a stopping rule."""
import numpy as np

N = 1_000_000
BETA = 0.4
GAMMA = 0.1


def sir(y, t, beta=BETA, gamma=GAMMA):
    S, I, R = y
    infection = beta * S * I / N
    return np.array([-infection, infection - gamma * I, gamma * I])


def seir(y, t, beta=0.5, sigma=0.2, gamma=0.1, vaccination=0.0):
    S, E, I, R = y
    new = beta * S * I / N
    return np.array([-new - vaccination * S, new - sigma * E, sigma * E - gamma * I, gamma * I + vaccination * S])


def rk4_step(f, y, t, h, **kwargs):
    k1 = f(y, t, **kwargs)
    k2 = f(y + 0.5 * h * k1, t + 0.5 * h, **kwargs)
    k3 = f(y + 0.5 * h * k2, t + 0.5 * h, **kwargs)
    k4 = f(y + h * k3, t + h, **kwargs)
    return y + h / 6.0 * (k1 + 2 * k2 + 2 * k3 + k4)


def run(f, y0, days, h=0.25, **kwargs):
    y = np.array(y0, dtype=float)
    t = 0.0
    result = [y]
    while t < days - 1e-9:
        y = rk4_step(f, y, t, h, **kwargs)
        t += h
        result.append(y)
    return np.array(result)


history = run(sir, [N - 100, 100, 0], 160)
print("  day        S          I          R")
for day in range(0, 161, 20):
    S, I, R = history[day * 4]
    print(f"{day:5d} {S:10.1f} {I:10.1f} {R:10.1f}")
peak = np.argmax(history[:, 1])
print(f"peak on day {peak / 4:.2f} with {history[peak, 1]:,.0f} infected; R0 = {BETA / GAMMA:.2f}")
print("conserved:", np.allclose(history.sum(axis=1), N), "herd immunity at", round(N * GAMMA / BETA))
for rate in (0.0, 0.005, 0.02):
    h = run(seir, (N - 1000, 0, 1000, 0), 200, h=0.5, vaccination=rate)
    over = h[:, 2] > 1e4
    first = np.argmax(over) if over.any() else None
    print(f"vaccination {rate:.3f}: peak {h[:, 2].max():12.2f}, days above 10k: {over.sum() / 2}, first: {first}")
weekly = history[::28, 1]
growth = weekly[1:] / weekly[:-1]
for week, g in enumerate(growth[:8]):
    arrow = "up" if g > 1.05 else "down" if g < 0.95 else "flat"
    print(week, f"{g:.4f}", arrow)
