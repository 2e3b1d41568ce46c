n = 1
print(n << 3)
print(1 << (n - 2))  # error-at-run-time: "ValueError: negative shift count"
