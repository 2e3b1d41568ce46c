values = [1, 2, 3]
half = len(values) / 3
print(half)
print(values[half])  # error: "list indices must be integers or slices, not float"
