# not-in-cpython: Python's int grows; a native int stops instead of wrapping
n = 1
for k in range(1, 40):
    n = n * k  # error-at-run-time: "OverflowError"
    if k % 5 == 0:
        print(k, n)
