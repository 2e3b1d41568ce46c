# args: 12 7x
import sys

print(int(sys.argv[1]))
print(int(sys.argv[2]))  # error-at-run-time: "ValueError: invalid literal for int() with base 10: '7x'"
