def step(u, dt=0.1):
    return u * dt


print(step(1.0, 0.1, 2))  # error: "step() takes from 1 to 2 positional arguments but 3 were given"
