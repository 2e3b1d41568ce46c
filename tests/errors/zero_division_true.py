n = 3
while n > -1:
    print(6 / n)  # error-at-run-time: "ZeroDivisionError: division by zero"
    n -= 1
