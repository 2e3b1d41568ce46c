# not-in-cpython: Python's int grows; a native int stops instead of wrapping
a, b = 1, 1
for k in range(200):
    a, b = b, a + b  # error-at-run-time: "OverflowError"
    if k == 50:
        print(a)
