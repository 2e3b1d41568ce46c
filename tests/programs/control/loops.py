"""while and for with else, break, continue, nested."""
n = 0
while n < 5:
    n += 1
    if n == 3:
        continue
    print(n, end=" ")
else:
    print("done", n)

while True:
    n -= 2
    if n < 0:
        break
else:
    print("never")
print(n)

for i in range(2, 30):
    for d in range(2, i):
        if d * d > i:
            print(i, end=" ")
            break
        if i % d == 0:
            break
    else:
        print(f"[{i}]", end=" ")
print()

for i in []:
    print("no")
else:
    print("empty")

total = 0
for i in range(5):
    for j in range(i, -1, -2):
        if (i + j) % 3 == 0:
            continue
        total += i * 10 + j
        if total > 150:
            break
    else:
        total += 1
        continue
    print("left early at", i, j)
    break
print(total, i, j)

for i in range(3):
    i = i * 10
    print(i, end=";")
print(i)
k = 5
for k in range(0):
    pass
print(k)
