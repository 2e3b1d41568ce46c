values = [1.5, 2.5]
for k in range(3):
    print(values[k])  # error-at-run-time: "IndexError: list index out of range"
