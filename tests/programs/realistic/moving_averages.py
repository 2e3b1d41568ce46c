# rtol=1e-10
"""A price series: moving averages by cumsum and by loops, crossings, drawdown, returns."""
import numpy as np

n = 120
t = np.arange(n)
price = 100 + 10 * np.sin(t / 9.0) + 0.1 * t + ((t * 37) % 11 - 5) * 0.4


def sma(x, window):
    c = np.cumsum(np.insert(x, 0, 0.0))
    return (c[window:] - c[:-window]) / window


def ema(x, span):
    alpha = 2 / (span + 1)
    out = [x[0]]
    for value in x[1:]:
        out.append(alpha * value + (1 - alpha) * out[-1])
    return np.array(out)


def rolling(x, window, func):
    return np.array([func(x[i:i + window]) for i in range(len(x) - window + 1)])


fast, slow = sma(price, 5), sma(price, 20)
fast = fast[-len(slow):]
position = np.where(fast > slow, 1, -1)
crossings = np.flatnonzero(np.diff(position)) + 1
print(len(fast), len(slow), fast[:3], slow[-3:])
print("crossings at", crossings, "long", np.count_nonzero(position == 1), "days")
e = ema(price, 10)
print("ema", e[::30], np.convolve(price, np.ones(3) / 3, mode="valid")[:3])
returns = price[1:] / price[:-1] - 1
log_returns = np.diff(np.log(price))
print(f"mean {returns.mean():.8f} std {returns.std(ddof=1):.8f} sum of logs {log_returns.sum():.8f}")
peak = np.maximum.accumulate(price)
drawdown = (peak - price) / peak
worst = drawdown.argmax()
print(f"max drawdown {100 * drawdown.max():.4f} % on day {worst}, peak on day {price[:worst + 1].argmax()}")
high = rolling(price, 10, np.max)
low = rolling(price, 10, np.min)
spread = rolling(price, 10, lambda w: w.max() - w.min())
print(np.allclose(high - low, spread), high[::40], low[::40])
strategy = position[:-1] * returns[-(len(position) - 1):]
equity = np.cumprod(1 + strategy)
print(f"final {equity[-1]:.8f}, best {strategy.max():.6f}, worst {strategy.min():.6f}")
weeks = price[:n // 5 * 5].reshape(-1, 5)
print("week  open    high    low     close")
for k, w in enumerate(weeks):
    if k % 6 == 0:
        print(f"{k:4d} {w[0]:7.2f} {w.max():7.2f} {w.min():7.2f} {w[-1]:7.2f}")
