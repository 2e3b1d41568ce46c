"""Single elements read and written at and beside the places where blocks meet."""
import numpy as np

for n in (8, 9, 12, 16, 17, 24):
    a = np.arange(n) * 10
    for k in range(n):
        a[k] = a[k] + a[k - 1] - a[(k + 3) % n]
    a[0], a[-1] = a[-1], a[0]
    q = n // 4
    a[q] += a[q - 1]
    a[2 * q - 1] = a[2 * q] - 1
    a[-q] *= 2
    print(n, a, a[q], a[q - 1], int(a[3 * q]) % 7)
m = np.zeros((9, 13))
for i in range(9):
    for j in range(13):
        if (i * j) % 4 == 1:
            m[i, j] = i - j + m[i - 1, j - 1]
m[4, 6] = m[4, 5] = 3.5
m[-1, -1] += m[0, 0] - 2
print(m, m[4, 6] + m[8, 12])
trace = 0.0
for i in range(9):
    trace += m[i, i] * m[i, 12 - i]
print(trace)
x = np.zeros(30)
x[0] = 1
for k in range(1, 30):
    x[k] = 0.5 * x[k - 1] + (1 if k % 7 == 0 else 0)
print(x)
count = 0
for value in x:
    if value > 0.6:
        count += 1
print(count, max(x), min(x), sum(x[:3]), len(x))
line = m[3]
line[5] = line[4] + 1
line[-1] -= 1
print(m[3], line.sum(), m[3, 5])
fib = np.ones(20, dtype=np.int64)
for k in range(2, 20):
    fib[k] = fib[k - 1] + fib[k - 2]
print(fib)
