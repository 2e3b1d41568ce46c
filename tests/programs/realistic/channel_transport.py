"""A tracer carried by a given flow, with settings, checks and a log, as a script with a main()."""
import numpy as np

settings = {"nx": 32, "ny": 20, "n_steps": 120, "diffusivity": 0.002, "log_every": 40}


def make_grid(nx, ny):
    x = (np.arange(nx) + 0.5) / nx * 2
    y = (np.arange(ny) + 0.5) / ny
    return x, y, x[1] - x[0], y[1] - y[0]


def velocity(x_faces, y_centres):
    profile = 4 * y_centres * (1 - y_centres)
    return np.tile(profile[:, None], (1, len(x_faces)))


def advect(c, u, dt, dx):
    flux = np.zeros((c.shape[0], c.shape[1] + 1))
    flux[:, 1:-1] = u[:, 1:-1] * np.where(u[:, 1:-1] > 0, c[:, :-1], c[:, 1:])
    flux[:, -1] = u[:, -1] * c[:, -1]
    return c - dt / dx * (flux[:, 1:] - flux[:, :-1]), flux[:, -1].sum() * dt


def diffuse(c, k, dt, dx, dy):
    new = c.copy()
    fx = k * (c[:, 1:] - c[:, :-1]) / dx
    fy = k * (c[1:] - c[:-1]) / dy
    new[:, :-1] += dt / dx * fx
    new[:, 1:] -= dt / dx * fx
    new[:-1] += dt / dy * fy
    new[1:] -= dt / dy * fy
    return new


def main(nx, ny, n_steps, diffusivity, log_every):
    x, y, dx, dy = make_grid(nx, ny)
    u = velocity(np.linspace(0, 2, nx + 1), y)
    dt = 0.5 * min(dx / u.max(), dy**2 / (4 * diffusivity))
    c = np.zeros((ny, nx))
    c[ny // 4:3 * ny // 4, 2:6] = 1.0
    start = c.sum() * dx * dy
    left_domain = 0.0
    log = []
    for step in range(1, n_steps + 1):
        c, out = advect(c, u, dt, dx)
        c = diffuse(c, diffusivity, dt, dx, dy)
        left_domain += out * dy
        if step % log_every == 0:
            mean_x = (c.sum(axis=0) * x).sum() / c.sum()
            log.append((step, step * dt, float(c.sum() * dx * dy), float(mean_x), float(c.max())))
    return c, start, left_domain, log, dx * dy


c, start, left_domain, log, cell = main(**settings)
print(f"{'step':>5} {'time':>9} {'mass':>12} {'mean x':>10} {'max':>10}")
for entry in log:
    print("%5d %9.5f %12.9f %10.6f %10.6f" % entry)
balance = c.sum() * cell + left_domain - start
print("mass balance closes:", abs(balance) < 1e-12, f"outflow {left_domain:.10f}")
assert np.all(c >= 0), "negative concentration"
print(c[::4, ::8].round(8), "symmetric:", np.allclose(c, c[::-1]))
if __name__ == "__main__":
    print("done")
