"""Gray-Scott reaction and diffusion on a periodic grid."""
import numpy as np


def laplacian(Z):
    return (
        np.roll(Z, 1, axis=0)
        + np.roll(Z, -1, axis=0)
        + np.roll(Z, 1, axis=1)
        + np.roll(Z, -1, axis=1)
        - 4 * Z
    )


def initialize(N, noise=0.02):
    rng = np.random.default_rng(3)
    U = (1 - noise) * np.ones((N, N)) + noise * rng.random((N, N))
    V = noise * rng.random((N, N))
    r = N // 8
    U[N // 2 - r:N // 2 + r, N // 2 - r:N // 2 + r] = 0.50
    V[N // 2 - r:N // 2 + r, N // 2 - r:N // 2 + r] = 0.25
    return U, V


def update(U, V, Du=0.16, Dv=0.08, F=0.060, k=0.062):
    Lu = laplacian(U)
    Lv = laplacian(V)
    uvv = U * V * V
    U += Du * Lu - uvv + F * (1 - U)
    V += Dv * Lv + uvv - (F + k) * V


N = 32
U, V = initialize(N)
n_steps = 400
for step in range(1, n_steps + 1):
    update(U, V)
    if step % 100 == 0:
        print(f"step {step:4d}  mean U {U.mean():.10f}  mean V {V.mean():.10f}  max V {V.max():.10f}")
pattern = (255 * (V - V.min()) / (V.max() - V.min())).astype(np.uint8)
print(pattern.dtype, pattern[N // 2, ::4], pattern.sum(), int((pattern > 128).sum()))
