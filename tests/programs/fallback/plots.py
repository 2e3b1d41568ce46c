"""A figure by matplotlib, written to a file."""
import os

import matplotlib
import numpy as np

matplotlib.use("Agg")  # expect: fallback
import matplotlib.pyplot as plt

path = "/tmp/lnpc_plots.png"
x = np.linspace(0, 2 * np.pi, 41)
u = np.sin(x)
for _ in range(5):
    u[1:-1] += 0.2 * (u[2:] - 2 * u[1:-1] + u[:-2])
X, Y = np.meshgrid(x, x[:21])
fig, ax = plt.subplots(figsize=(3, 2))  # expect: fallback
ax.plot(x, u, label="u")
ax.contourf(X[::2, ::2], Y[::2, ::2], (np.sin(X) * np.cos(Y))[::2, ::2])
ax.quiver(X[::5, ::5], Y[::5, ::5], u[None, ::5] * np.ones((5, 1)), Y[::5, ::5])
ax.set_title("after 5 steps")
ax.legend()
fig.savefig(path)  # expect: fallback
plt.close(fig)
with open(path, "rb") as f:
    head = f.read(8)
print(head, os.path.getsize(path) > 1000)
os.remove(path)
print(f"{u.max():.9f}")
