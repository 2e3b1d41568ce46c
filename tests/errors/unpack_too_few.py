values = [1, 2]
a, b = values
print(a, b)
a, b, c = values  # error-at-run-time: "ValueError: not enough values to unpack (expected 3, got 2)"
print(c)
