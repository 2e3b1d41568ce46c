def ratio(a, b):
    return a // b  # error-at-run-time: "ZeroDivisionError: integer division or modulo by zero"


print(ratio(7, 2))
print(ratio(7, 0))
