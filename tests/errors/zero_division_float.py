x = 0.5
x -= 0.5
print(x)
print(1.0 / x)  # error-at-run-time: "ZeroDivisionError: float division by zero"
