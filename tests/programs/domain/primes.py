"""Sieves and number theory with boolean and integer arrays."""
import numpy as np


def sieve(n):
    is_prime = np.ones(n + 1, dtype=bool)
    is_prime[:2] = False
    for i in range(2, int(n**0.5) + 1):
        if is_prime[i]:
            is_prime[i * i::i] = False
    return is_prime


s = sieve(1000)
p = np.nonzero(s)[0]
print(s.sum(), p[:10], p[-3:], p.sum(), (p[1:] - p[:-1]).max(), s[:20])
print(np.count_nonzero(s[2:-2] & s[4:]), p[p % 4 == 1][:6], (p % 4 == 3).sum(), sieve(1).any(), sieve(2)[2])


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


print(gcd(1071, 462), gcd(17, 5), gcd(0, 9), [gcd(i, 12) for i in range(1, 7)])
smallest = np.zeros(60, dtype=int)
for i in range(2, 60):
    if smallest[i] == 0:
        smallest[i::i] = np.where(smallest[i::i] == 0, i, smallest[i::i])
print(smallest[2:32])
n = 5040
factors = []
d = 2
while n > 1:
    while n % d == 0:
        factors.append(d)
        n //= d
    d += 1
print(factors, len(factors))


def power_mod(base, e, m):
    r = 1
    while e > 0:
        if e & 1:
            r = r * base % m
        base = base * base % m
        e >>= 1
    return r


print(power_mod(3, 1000003, 998244353), power_mod(2, 10, 1000), pow(3, 1000003, 998244353))
lcg = 12345
picks = np.empty(8, dtype=np.int64)
for k in range(8):
    lcg = (1103515245 * lcg + 12345) % 2**31
    picks[k] = lcg
print(picks, picks % 6 + 1)
