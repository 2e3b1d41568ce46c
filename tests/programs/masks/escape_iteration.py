"""Points leave an iteration one by one; only the others go on."""
import numpy as np

n = np.arange(1, 30)
steps = np.zeros_like(n)
value = n.copy()
active = value != 1
while active.any():
    even = active & (value % 2 == 0)
    odd = active & ~even
    value[even] //= 2
    value[odd] = 3 * value[odd] + 1
    steps[active] += 1
    active = value != 1
print(steps, steps.argmax() + 1, steps.max())

x = np.array([0.5, 2.0, 10.0, 1e4, 0.0])
root = x.copy()
todo = x > 0
rounds = 0
while todo.any():
    new = 0.5 * (root[todo] + x[todo] / root[todo])
    done = np.abs(new - root[todo]) < 1e-12 * new
    root[todo] = new
    todo[todo] = ~done
    rounds += 1
print(root.round(10), rounds)

c = np.linspace(-1.5, 0.5, 9)[None, :] + 1j * np.linspace(-1, 1, 5)[:, None]
z = np.zeros(c.shape, dtype=complex)
count = np.full(c.shape, 25)
for i in range(25):
    mask = np.abs(z) <= 2
    z[mask] = z[mask] * z[mask] + c[mask]
    count[mask & (np.abs(z) > 2)] = i
print(count)
print(np.abs(z[count == 25]).max() <= 2, (count < 25).sum())
