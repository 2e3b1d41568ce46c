# rtol=1e-9
"""European and Asian options by Monte Carlo, the binomial tree and the closed formula."""
import math
import numpy as np

S0, K, r, sigma, T = 100.0, 105.0, 0.03, 0.2, 1.0


def norm_cdf(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def black_scholes(S, K, r, sigma, T):
    d1 = (math.log(S / K) + (r + sigma**2 / 2) * T) / (sigma * math.sqrt(T))
    d2 = d1 - sigma * math.sqrt(T)
    return S * norm_cdf(d1) - K * math.exp(-r * T) * norm_cdf(d2)


def binomial(S, K, r, sigma, T, n=100, american=False, put=False):
    dt = T / n
    u = math.exp(sigma * math.sqrt(dt))
    d = 1 / u
    p = (math.exp(r * dt) - d) / (u - d)
    discount = math.exp(-r * dt)
    prices = S * d ** np.arange(n, -1, -1) * u ** np.arange(0, n + 1)
    sign = -1 if put else 1
    values = np.maximum(sign * (prices - K), 0)
    for step in range(n - 1, -1, -1):
        values = discount * (p * values[1:] + (1 - p) * values[:-1])
        if american:
            prices = prices[1:] * d
            values = np.maximum(values, sign * (prices - K))
    return values[0]


n_paths = 5000
n_steps = 12
rng = np.random.default_rng(11)
z = rng.standard_normal((n_paths, n_steps))
dt = T / n_steps
increments = (r - 0.5 * sigma**2) * dt + sigma * np.sqrt(dt) * z
paths = S0 * np.exp(np.cumsum(increments, axis=1))
payoff = np.maximum(paths[:, -1] - K, 0)
price = np.exp(-r * T) * payoff.mean()
error = np.exp(-r * T) * payoff.std(ddof=1) / np.sqrt(n_paths)
asian = np.exp(-r * T) * np.maximum(paths.mean(axis=1) - K, 0).mean()
barrier = np.exp(-r * T) * np.where(paths.max(axis=1) < 130, payoff, 0.0).mean()
print(f"closed     {black_scholes(S0, K, r, sigma, T):.8f}")
print(f"simulated  {price:.8f} +- {error:.8f}")
print(f"binomial   {binomial(S0, K, r, sigma, T):.8f}")
print(f"am. put    {binomial(S0, K, r, sigma, T, american=True, put=True):.8f}")
print(f"asian      {asian:.8f}")
print(f"knock-out  {barrier:.8f}")
print("in three errors:", abs(price - black_scholes(S0, K, r, sigma, T)) < 3 * error)
for strike in (90, 100, 110):
    print("%d %.6f" % (strike, black_scholes(S0, strike, r, sigma, T)))
