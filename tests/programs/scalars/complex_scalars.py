"""Python's complex numbers."""
a = 3 + 4j
b = 1 - 2j
print(a, b, -a, a.conjugate(), a.real, a.imag)
print(a + b, a - b, a * b, a / b)
print(abs(a), abs(b) ** 2 > 4.999, a == 3 + 4j, a != b, a * 0 == 0)
print(1j * 1j, 1j**2, (1 + 1j) ** 3, 2 * a + 1, 1 - a, a / 2)
print(complex(2), complex(2, -3), complex(0.5, 0), complex(-0.0, -0.0))
z = 0j
c = -0.4 + 0.6j
for i in range(12):
    z = z * z + c
print(f"{z:.9f}", f"{z.real:.6f}", f"{abs(z):.6f}")
total = 0
for k in range(1, 4):
    total += k * 1j**k
print(total)
