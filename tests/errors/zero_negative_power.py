x = 2 - 2
print(x ** 0)
print(x ** -1)  # error-at-run-time: "ZeroDivisionError: 0.0 cannot be raised to a negative power"
