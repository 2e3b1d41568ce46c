for k in range(3):
    print(f"{k:>3d} {k / 3:8.4f} {'x' * k!r}")
