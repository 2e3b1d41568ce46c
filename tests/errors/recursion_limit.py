def down(n):
    return 1 + down(n + 1)  # error-at-run-time: "RecursionError: maximum recursion depth exceeded"


print("start")
print(down(0))
