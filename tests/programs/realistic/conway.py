"""Conway's Life: does the glider come back after crossing a torus, and a still block stays."""
import numpy as np


def life_step(X):
    nbrs_count = sum(np.roll(np.roll(X, i, 0), j, 1)
                     for i in (-1, 0, 1) for j in (-1, 0, 1)
                     if (i != 0 or j != 0))
    return (nbrs_count == 3) | (X & (nbrs_count == 2))


def life_step_slices(Z):
    N = (Z[0:-2, 0:-2] + Z[0:-2, 1:-1] + Z[0:-2, 2:] +
         Z[1:-1, 0:-2]                 + Z[1:-1, 2:] +
         Z[2:  , 0:-2] + Z[2:  , 1:-1] + Z[2:  , 2:])
    birth = (N == 3) & (Z[1:-1, 1:-1] == 0)
    survive = ((N == 2) | (N == 3)) & (Z[1:-1, 1:-1] == 1)
    Z[...] = 0
    Z[1:-1, 1:-1][birth | survive] = 1
    return Z


def show(Z):
    for row in Z:
        print("".join("#" if cell else "." for cell in row))


glider = np.array([[0, 1, 0],
                   [0, 0, 1],
                   [1, 1, 1]])
n = 12
world = np.zeros((n, n), dtype=int)
world[1:4, 1:4] = glider
start = world.copy()
for generation in range(4 * n):
    world = life_step(world)
    if generation == 9:
        show(world)
print("glider is back:", np.array_equal(world, start), world.sum(), world.dtype)

Z = np.zeros((14, 18), dtype=int)
Z[6, 4:14] = 1
Z[1:3, 1:3] = 1
populations = [Z.sum()]
for generation in range(15):
    life_step_slices(Z)
    populations.append(Z.sum())
print(populations == sorted(populations), [int(p) for p in populations])
show(Z)
print("alive in the top left block:", Z[1:3, 1:3].all())
