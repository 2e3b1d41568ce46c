"""Conditional expressions, walrus, match statements, chained conditions."""


def kind(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2:
            return "small"
        case n if n < 0:
            return "negative"
        case _:
            return "large"


for v in (0, 2, -5, 9):
    print(kind(v), end=" ")
print()

data = [3, 8, 1, 9, 4]
i = 0
while (x := data[i]) != 9:
    print(x, end=" ")
    i += 1
print("at", i)
label = "low" if x < 3 else "mid" if x < 8 else "high"
print(label, (1 if x > 5 else 2.5), [0, 1][x > 5])
y = (n := 6) * n
print(y, n)
a, b, c = 3, 3, 5
if a == b < c:
    print("ordered")
if not a != b and (c > 4 or c < 0):
    print("yes")
z = a if a > b else b if b > c else c
print(z, -a if a else a, a and b or c)
