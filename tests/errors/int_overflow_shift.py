# not-in-cpython: Python's int grows; a native int stops instead of wrapping
for k in range(0, 90, 15):
    print(k, 3 << k)  # error-at-run-time: "OverflowError"
