"""Constants and constant powers that do not fit in 64 bits."""
big = 2**100
print(big)
print(big + 1, big - 2**99, big * 3)
print(big // 7, big % 1000003, -big // 7)
print(123456789012345678901234567890)
print(10**30 == 1000000000000000000000000000000)
print(2**64 > 2**63 > 0, float(2**70))
print(len(str(3**200)))
