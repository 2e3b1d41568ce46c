"""Tables and reports of results, with f-strings, % and str.format."""
import numpy as np

materials = ["steel", "aluminium", "copper", "oak"]
density = np.array([7850.0, 2700.0, 8960.0, 750.5])
modulus = np.array([200e9, 69e9, 117e9, 11e9])
price = [0.8, 2.45, 9.3, 1.2]

width = max(len(m) for m in materials) + 2
print("=" * 60)
print(f"{'material':<{width}}|{'density':>10}|{'E [GPa]':>10}|{'speed':>12}|{'price':>8}")
print("-" * 60)
for name, rho, E, p in zip(materials, density, modulus, price):
    speed = np.sqrt(E / rho)
    print(f"{name:<{width}}|{rho:>10.1f}|{E / 1e9:>10.1f}|{speed:>12.3f}|{p:>8.2f}")
print("=" * 60)
print("heaviest: %s (%.0f kg/m^3)" % (materials[int(np.argmax(density))], density.max()))
print("{:>10} {:<10} {:^10}|".format("right", "left", "mid"))
print("{0} {1} {0}".format("a", "b"), "{x:.2e} {y:+d}".format(x=12345.678, y=7))

table = np.arange(1, 13).reshape(3, 4) ** 2 / 7
header = "      " + "".join(f"{'c' + str(j):>9}" for j in range(4))
print(header)
for i, row in enumerate(table):
    print(f"row {i} " + " ".join(f"{v:8.3f}" for v in row) + f"   sum {row.sum():9.4f}")
print("total " + " ".join(f"{v:8.3f}" for v in table.sum(axis=0)) + f"   sum {table.sum():9.4f}")

results = []
for n in (10, 100, 1000):
    h = 1 / n
    xs = (np.arange(n) + 0.5) * h
    integral = h * np.sum(4 / (1 + xs * xs))
    results.append((n, integral, abs(integral - 3.141592653589793)))
print(f"{'n':>6} {'integral':>14} {'error':>10}")
for n, value, error in results:
    print(f"{n:6d} {value:14.10f} {error:10.2e}")
rate = [results[k][2] / results[k + 1][2] for k in range(2)]
print("error falls by", ", ".join("%.1f" % r for r in rate))
n_samples, done = 12345678, 0.4567
print(f"{n_samples:,} samples, {done:.1%} done, hex {255:#x}, bin {5:08b}, sci {n_samples:.3e}, {True!s:>6}, {None}")
seconds = 3725.5
print(f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}:{seconds % 60:04.1f}", f"{'x' * 3!r}", f"{{}}")
lines = [f"{k}: {v}" for k, v in zip("abc", (1, 2.5, "three"))]
print("\n".join(lines))
print("  padded ".strip().upper(), "-".join(["1", "2", "3"]), "a,b,c".split(","), "abc"[::-1], len("text"))
print(table[0], table[:, 1], f"{table[1, 2]:.4f}", f"{np.float32(0.1)}", f"{density.astype(int)}", end=" |\n")
