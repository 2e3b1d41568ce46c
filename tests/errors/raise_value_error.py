def root(x):
    if x < 0:
        raise ValueError(f"no root of {x}")  # error-at-run-time: "ValueError: no root of -4"
    return x**0.5


print(root(9))
print(root(-4))
