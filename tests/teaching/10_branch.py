import sys

n = len(sys.argv)
if n > 1:
    x = 2
else:
    x = 0.5
print(x)
