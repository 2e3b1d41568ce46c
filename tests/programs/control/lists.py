"""Lists of numbers and strings."""
a = [3, 1, 2]
a.append(5)
a.insert(1, 10)
a.extend([7, 8])
print(a, len(a), a[0], a[-1], a[1:4], a[::-2])
print(a.pop(), a.pop(0), a, a.index(2), a.count(10), 5 in a)
a[0] = -4
a[1:3] = [100]
print(a, sum(a), min(a), max(a))
b = a
b.append(1)
c = a[:]
c.append(2)
print(a, b is a, c)
a.sort()
print(a)
a.reverse()
print(a, sorted(a), sorted(a, reverse=True))
del a[0]
print(a, [0] * 4, [1, 2] + [3], [1, 2] == [1, 2], [1, 3] > [1, 2, 9])
grid = []
for i in range(3):
    row = []
    for j in range(2):
        row.append(i * 10 + j)
    grid.append(row)
print(grid, grid[2][1], len(grid[0]))
names = ["u", "v", "p"]
for n in names:
    print(n, end=",")
print()
floats = [0.5, 1.25]
floats += [2.0]
print(floats, sum(floats) / len(floats))
a.remove(1)
a.clear()
print(a, not a)
