def f():
    nonlocal count  # error: "no binding for nonlocal 'count' found"
    count += 1


f()
