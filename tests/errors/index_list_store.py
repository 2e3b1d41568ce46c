values = [1, 2]
k = len(values)
values[k - 1] = 7
print(values)
values[k] = 3  # error-at-run-time: "IndexError: list assignment index out of range"
