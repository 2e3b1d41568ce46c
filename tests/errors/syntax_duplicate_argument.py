def f(a, b, a):  # error: "duplicate argument 'a' in function definition"
    return a + b


print(f(1, 2, 3))
