"""break, continue, else, nested returns and loop variables after their loops."""
import numpy as np


def find(m, value):
    for i in range(m.shape[0]):
        for j in range(m.shape[1]):
            if m[i, j] == value:
                return i, j
    return -1, -1


def primes(n):
    found = []
    for k in range(2, n):
        for p in found:
            if p * p > k:
                continue
            if k % p == 0:
                break
        else:
            found.append(k)
    return found


m = np.arange(12).reshape(3, 4) * 7 % 11
print(find(m, 9), find(m, 50), primes(40))
for i in range(5):
    if i == 3:
        break
else:
    i = -1
print(i)
while i < 10:
    i += 4
    if i % 5 == 0:
        continue
else:
    print("no break", i)
for k in range(10, 0, -3):
    pass
print(k)
for empty in range(0):
    print("never")
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a, b, c)
for i, (x, y) in enumerate(zip(np.arange(3), [2.5, 3.5, 4.5]), start=10):
    print(i, x, y)
count = 0
for x in np.linspace(0, 1, 11):
    if x < 0.25:
        continue
    for y in range(3):
        if y * x > 1:
            break
        count += 1
print(count, x, y)
values = [3, 1, 2]
for v in values:
    if v == 1 and len(values) < 5:
        values.append(10)
print(values, v)
n = 3
for k in range(n):
    n += 1
print(n, k)
it = 0
while True:
    it += 1
    r = np.arange(it) % 3
    if r.sum() > 6 or it > 50:
        break
print(it, r)
done = False
tries = 0
while not done:
    for step in range(3):
        tries += 1
        if tries == 7:
            done = True
            break
print(tries, step)
print([i * j for i in range(3) for j in range(i, 3) if (i + j) % 2], [x if x > 1 else -x for x in range(4)], sum(k * k for k in range(5)))
for i in reversed(range(3)):
    print(i, end=",")
for ch in "ab":
    print(ch * 2, end=";")
print()
