# args: 3
import sys

n = sys.argv[1]
print("n is", n)
for i in range(n):  # error: "'str' object cannot be interpreted as an integer"
    print(i)
