"""In-place operators on whole arrays, views, and through other names."""
import numpy as np

a = np.arange(6.0)
b = a
a += 1
a[::2] *= 10
a[1::2] -= a[::2]
print(a, b is a, b)
a = a + 1
print(b is a, b[0], a[0])
m = np.ones((3, 4))
m *= np.arange(4)
m += np.arange(3)[:, None]
m[1:, 1:] /= 4
m[:, 0] -= m[:, 3]
m **= 2
print(m)
m[0] //= 2
m[1] %= 3
print(m)
x = np.arange(5)
x += x
x *= x[::-1].copy()
x -= x[2]
print(x)
k = np.array([True, False, True])
k &= np.array([True, True, False])
k |= np.array([False, True, False])
k ^= True
print(k)
total = np.zeros(3)
for i in range(4):
    step = np.full(3, float(i))
    step[i % 3] = -1
    total += step
    total[0] *= 2
print(total)
v = total[1:]
v += v[::-1]
print(total)
np.add(total, 1, out=total)
np.multiply(total[:2], 2, out=total[1:])
print(total)
t = (np.arange(4.0),)
t[0][1] += 5
print(t)
lst = [np.zeros(2), np.ones(2)]
lst[0] += 3
lst[1][0] = -1
print(lst)
