import math

print(math.sqroot(2))  # error: "module 'math' has no attribute 'sqroot'"
