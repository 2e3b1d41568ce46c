step = 1
print(list(range(0, 3, step)))
for i in range(0, 3, step - 1):  # error-at-run-time: "ValueError: range() arg 3 must not be zero"
    print(i)
