def work(a, i):
    try:
        return a[i]  # error-at-run-time: "IndexError: list index out of range"
    finally:
        print("cleaning up", i)


print(work([1, 2], 1))
work([1, 2], 2)
