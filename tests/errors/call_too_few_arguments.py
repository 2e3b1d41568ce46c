def step(u, dt, dx):
    return u * dt / dx


print(step(1.0, 0.1))  # error: "step() missing 1 required positional argument: 'dx'"
