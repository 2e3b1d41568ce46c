values = [3]
print(max(values))
values.pop()
print(max(values))  # error-at-run-time: "ValueError: max() arg is an empty sequence"
