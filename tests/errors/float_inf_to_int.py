x = 1e308
x *= 10
print(x)
print(int(x))  # error-at-run-time: "OverflowError: cannot convert float infinity to integer"
