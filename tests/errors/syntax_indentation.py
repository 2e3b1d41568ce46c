def f(x):
    y = x + 1
      return y  # error: "indent"


print(f(1))
