x = [1, 2]
y = (x[0], x[1]]  # error: "closing parenthesis ']' does not match opening parenthesis '('"
