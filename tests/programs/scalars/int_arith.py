"""Floor division, remainder and powers with operands of either sign."""
for a in (7, -7, 6, -6, 1, 0):
    for b in (3, -3, 4, -1):
        print(a, b, a // b, a % b, divmod(a, b), a * b, a - b)

print(7 / 2, -7 / 2, 6 / 3, 1 / 3)
print(2**10, (-2) ** 3, 2**-2, (-3) ** 0, 0**0, -2**2)
print(10**18, 3**39, -(2**62), 7**1)
n = 17
print(n**2, n**0, n**-1, (-n) ** 3)
print(-13 % 5, 13 % -5, -13 // 5, 13 // -5)
print(+5, -(-5), ~5, ~-1)
x = 9223372036854775807
print(x, x - 1, -x - 1, x // 2, x % 1000, x // -1)
print(1_000_000 + 0x1F + 0b101 + 0o17)
