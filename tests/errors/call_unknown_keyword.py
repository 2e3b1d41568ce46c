def step(u, dt=0.1):
    return u * dt


print(step(1.0, dx=2))  # error: "step() got an unexpected keyword argument 'dx'"
