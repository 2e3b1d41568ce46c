import sys

print(len(sys.argv))
n = int(sys.argv[1])  # error-at-run-time: "IndexError: list index out of range"
print(n)
