import math

x = 1.0
print(math.exp(x) > 2.7)
x *= 1000
print(math.exp(x))  # error-at-run-time: "OverflowError: math range error"
