"""Bitwise operators and shifts, negative operands too."""
for a in (0, 1, 5, -5, 255, -256, 1 << 40):
    print(a, a & 12, a | 12, a ^ 12, ~a, a >> 2, a << 3)

print(1 << 62, -1 << 63, -1 >> 70, 12345 >> 64, 5 >> 0)
print(-9 >> 1, -9 // 2, (-9) & 0xFF)

bits = 0
value = 0b1011001110
while value:
    bits += value & 1
    value >>= 1
print("ones:", bits)

mask = 0
for i in range(0, 20, 3):
    mask |= 1 << i
print(mask, f"{mask:b}", mask.bit_length())
mask ^= (1 << 9) - 1
mask &= ~(1 << 15)
print(mask, f"{mask:020b}", f"{mask:#x}")


def hash32(text):
    h = 2166136261
    for c in text:
        h = ((h ^ ord(c)) * 16777619) & 0xFFFFFFFF
    return h


print(hash32("channel"), hash32("flow"), hash32(""))
