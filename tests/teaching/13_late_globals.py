def scaled(x):
    return x * factor


factor = 3
print(scaled(2))
factor = 0.5
print(scaled(2))
