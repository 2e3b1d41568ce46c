stack = [1]
print(stack.pop())
print(stack.pop())  # error-at-run-time: "IndexError: pop from empty list"
