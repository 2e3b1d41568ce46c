name = "abc"
n = len(name)
print(name[n - 1])
print(name[n])  # error-at-run-time: "IndexError: string index out of range"
