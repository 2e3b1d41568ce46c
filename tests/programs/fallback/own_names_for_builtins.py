# A variable of the module may go by the name of a builtin, from some time on or on some paths.
import sys

print(max([1, 2]))
max = 3
print(max)


def total():
    return sum([1, 2])


print(total())
sum = len
print(total())
del sum
print(total())
if len(sys.argv) > 1:
    abs = 3
print(abs(-3))
for abs in range(2):
    pass
print(abs)
