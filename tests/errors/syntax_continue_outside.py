def f(x):
    if x:
        continue  # error: "'continue' not properly in loop"
    return x


print(f(0))
