"""Lennard-Jones particles in a periodic box, velocity Verlet, all pairs by broadcasting."""
import numpy as np

N_SIDE = 4
N = N_SIDE**2
BOX = 6.0
DT = 0.005


def setup():
    grid = np.arange(N_SIDE) * BOX / N_SIDE + 0.5
    pos = np.array([[gx, gy] for gx in grid for gy in grid])
    k = np.arange(N)
    vel = np.column_stack([(k * 7 % 11 - 5) * 0.1, (k * 5 % 13 - 6) * 0.1])
    vel -= vel.mean(axis=0)
    return pos, vel


def forces(pos):
    delta = pos[:, None, :] - pos[None, :, :]
    delta -= BOX * np.rint(delta / BOX)
    r2 = (delta**2).sum(axis=2)
    r2[np.arange(N), np.arange(N)] = 1e12
    inv2 = 1.0 / r2
    inv6 = inv2 * inv2 * inv2
    inv6[r2 > 6.25] = 0.0
    potential = 0.5 * np.sum(4 * inv6 * (inv6 - 1))
    strength = 24 * inv2 * inv6 * (2 * inv6 - 1)
    return (strength[:, :, None] * delta).sum(axis=1), potential


def loop_potential(pos):
    total = 0.0
    for i in range(N):
        for j in range(i + 1, N):
            d = pos[i] - pos[j]
            d -= BOX * np.round(d / BOX)
            r2 = d[0]**2 + d[1]**2
            if r2 <= 6.25:
                s = (1 / r2)**3
                total += 4 * s * (s - 1)
    return total


pos, vel = setup()
f, potential = forces(pos)
print(f"loops agree: {abs(loop_potential(pos) - potential) < 1e-9}")
print(" step      kinetic    potential        total")
for step in range(301):
    if step % 60 == 0:
        kinetic = 0.5 * (vel**2).sum()
        print(f"{step:5d} {kinetic:12.6f} {potential:12.6f} {kinetic + potential:12.6f}")
    vel += 0.5 * DT * f
    pos = (pos + DT * vel) % BOX
    f, potential = forces(pos)
    vel += 0.5 * DT * f
print("momentum is zero:", np.allclose(vel.sum(axis=0), 0), "in the box:", bool(((pos >= 0) & (pos < BOX)).all()))
print(pos[:3].round(5), np.round(vel[-1], 5))
distances = np.sqrt(((pos[:, None] - pos[None])**2).sum(-1))
upper = distances[np.triu_indices(N, 1)]
print(len(upper), np.histogram(upper, bins=[0, 1, 2, 4, 8])[0])
