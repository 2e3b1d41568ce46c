d = 1.5
print(7.0 % d)
d -= 1.5
print(7.0 % d)  # error-at-run-time: "ZeroDivisionError: float modulo"
