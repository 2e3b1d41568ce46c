from math import sqroot  # error: "cannot import name 'sqroot' from 'math'"

print(sqroot(2))
