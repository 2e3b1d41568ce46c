x = float("inf")
print(x)
print(int(x - x))  # error-at-run-time: "ValueError: cannot convert float NaN to integer"
