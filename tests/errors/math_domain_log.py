from math import log

for n in (2, 1, 0):
    print(f"{log(n):.6f}")  # error-at-run-time: "ValueError: math domain error"
