x = 3
print(x % 2)
y = x - 3
print(x % y)  # error-at-run-time: "ZeroDivisionError: integer modulo by zero"
