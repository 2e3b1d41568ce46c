"""Attributes that a program gives its functions."""


def counted():
    counted.calls += 1
    return counted.calls


counted.calls = 0
counted()
print(counted(), counted.calls)
