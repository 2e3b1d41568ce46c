# rtol=1e-10
"""Five bodies by leapfrog, first with arrays then with loops over pairs."""
import numpy as np


def accelerations(pos, mass, eps=0.05):
    d = pos[None, :, :] - pos[:, None, :]
    r2 = (d**2).sum(axis=-1) + eps**2
    return (mass[None, :, None] * d / r2[:, :, None] ** 1.5).sum(axis=1)


def energy(pos, vel, mass, eps=0.05):
    kinetic = 0.5 * np.sum(mass * np.sum(vel**2, axis=1))
    potential = 0.0
    for i in range(len(mass)):
        for j in range(i + 1, len(mass)):
            r = np.sqrt(np.sum((pos[i] - pos[j]) ** 2) + eps**2)
            potential -= mass[i] * mass[j] / r
    return kinetic + potential


mass = np.array([10.0, 1.0, 0.5, 0.8, 0.1])
pos = np.array([[0.0, 0.0, 0.0], [4.0, 0.0, 0.1], [0.0, -6.0, 0.0], [-8.0, 1.0, 0.3], [4.2, 0.3, 0.0]])
vel = np.array([[0.0, 0.0, 0.0], [0.0, 1.5, 0.0], [1.2, 0.0, 0.1], [0.0, -1.1, 0.0], [0.1, 2.2, 0.0]])
vel -= (mass[:, None] * vel).sum(axis=0) / mass.sum()
e0 = energy(pos, vel, mass)
dt = 0.01
acc = accelerations(pos, mass)
for step in range(200):
    vel += 0.5 * dt * acc
    pos += dt * vel
    acc = accelerations(pos, mass)
    vel += 0.5 * dt * acc
print(f"{e0:.10f} {energy(pos, vel, mass) / e0 - 1:.9f}")
print(pos.round(8), np.abs((mass[:, None] * vel).sum(axis=0)).max() < 1e-12)
