def scale(u):
    u *= 2


v = scale(3.0)
print(v + 1)  # error: "unsupported operand type(s) for +: 'NoneType' and 'int'"
