"""A generator expression looks its variables up as it goes."""


def rebound():
    factor = 3
    later = (x * factor for x in range(3))
    factor = 5
    return list(later)


def settled(factor):
    return sum(x * factor for x in range(4))


print(rebound(), settled(2))
factor = 2
later = (x * factor for x in range(3))
factor = 100
print(list(later))
