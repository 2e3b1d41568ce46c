values = [1, 2]
values.append(3)
print(values)
a, b = values  # error-at-run-time: "ValueError: too many values to unpack (expected 2)"
print(a, b)
