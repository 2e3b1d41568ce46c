def step(u, dt=0.1):
    return u * dt


print(step(1.0, 0.5, dt=2))  # error: "step() got multiple values for argument 'dt'"
