# rtol=1e-12
"""The Ising model by checkerboard updates with masks."""
import numpy as np

L = 16
rng = np.random.default_rng(42)
i, j = np.indices((L, L))
black = (i + j) % 2 == 0
white = ~black


def energy(s):
    return -np.sum(s * (np.roll(s, 1, axis=0) + np.roll(s, 1, axis=1)))


def sweep(s, beta):
    for mask in (black, white):
        neighbours = np.roll(s, 1, 0) + np.roll(s, -1, 0) + np.roll(s, 1, 1) + np.roll(s, -1, 1)
        dE = 2 * s * neighbours
        accept = (rng.random((L, L)) < np.exp(-beta * dE)) & mask
        s[accept] *= -1
    return s


print(" T      <|m|>      <E>/N    flips")
for T in [1.0, 2.0, 2.27, 3.0, 5.0]:
    spins = np.where(rng.random((L, L)) < 0.9, 1, -1)
    magnetization = []
    energies = []
    flips = 0
    for step in range(60):
        before = spins.copy()
        sweep(spins, 1.0 / T)
        flips += np.count_nonzero(before != spins)
        if step >= 20:
            magnetization.append(abs(spins.sum()) / L**2)
            energies.append(energy(spins) / L**2)
    print(f"{T:5.2f}  {np.mean(magnetization):8.5f}  {np.mean(energies):9.5f}  {flips:6d}")
for row in spins[:6]:
    print("".join("+" if s > 0 else "-" for s in row))
print(spins.sum(axis=0), energy(spins))
