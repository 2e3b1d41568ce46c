def f():
    return 1


del f()  # error: "cannot delete function call"
