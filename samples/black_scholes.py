"""Prices of European options by the Black-Scholes formula.

The normal distribution function is the polynomial 26.2.17 of Abramowitz and
Stegun, Handbook of Mathematical Functions; its error is below 7.5e-8.

usage: black_scholes.py [n_options]
"""
import sys

import numpy as np


def normal_cdf(x):
    k = 1 / (1 + 0.2316419 * np.abs(x))
    poly = k * (0.319381530 + k * (-0.356563782 + k * (1.781477937
           + k * (-1.821255978 + k * 1.330274429))))
    tail = np.exp(-0.5 * x * x) / np.sqrt(2 * np.pi) * poly
    return np.where(x >= 0, 1 - tail, tail)


def black_scholes(spot, strike, years, rate=0.03, volatility=0.25):
    """The prices of the calls and of the puts."""
    root = volatility * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility**2) * years) / root
    d2 = d1 - root
    discounted = strike * np.exp(-rate * years)
    call = spot * normal_cdf(d1) - discounted * normal_cdf(d2)
    put = discounted * normal_cdf(-d2) - spot * normal_cdf(-d1)
    return call, put


n = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000

rng = np.random.default_rng(2024)
spot = 10 + 90 * rng.random(n)
strike = 10 + 90 * rng.random(n)
years = 0.1 + 2 * rng.random(n)

call, put = black_scholes(spot, strike, years)
print(f"options         {n}")
print(f"mean call       {call.mean():.8f}")
print(f"mean put        {put.mean():.8f}")
print(f"dearest call    {call.max():.6f}")
print(f"dearest put     {put.max():.6f}")
print(f"calls in money  {np.count_nonzero(spot > strike)}")
print(f"worth under 1ct {np.count_nonzero(call < 0.01)}")
parity = call - put - (spot - strike * np.exp(-0.03 * years))
print("put-call parity", "holds" if np.abs(parity).max() < 1e-10 else "fails")

low, high = black_scholes(spot[:3], strike[:3], years[:3], volatility=0.1)
print("three of them at volatility 0.1:")
for i in range(min(3, n)):
    print(f"  {spot[i]:8.4f} {strike[i]:8.4f} {years[i]:.4f}  "
          f"call {low[i]:9.6f}  put {high[i]:9.6f}")
