n = 2
assert n == 2
print("fine")
assert n > 2 and n < 9  # error-at-run-time: "AssertionError"
