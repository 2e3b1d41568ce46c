import math

x = 4.0
while True:
    print(math.sqrt(x))  # error-at-run-time: "ValueError: math domain error"
    x -= 3
