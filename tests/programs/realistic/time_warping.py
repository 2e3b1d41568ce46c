# rtol=1e-12
"""Dynamic time warping and edit distance: tables filled by two loops and traced back."""
import numpy as np


def dtw(a, b, window=None):
    n, m = len(a), len(b)
    D = np.full((n + 1, m + 1), np.inf)
    D[0, 0] = 0
    for i in range(1, n + 1):
        lo, hi = 1, m + 1
        if window is not None:
            lo, hi = max(1, i - window), min(m + 1, i + window + 1)
        for j in range(lo, hi):
            cost = abs(a[i - 1] - b[j - 1])
            D[i, j] = cost + min(D[i - 1, j], D[i, j - 1], D[i - 1, j - 1])
    return D


def trace(D):
    i, j = D.shape[0] - 1, D.shape[1] - 1
    path = [(i - 1, j - 1)]
    while i > 1 or j > 1:
        steps = [(D[i - 1, j - 1], i - 1, j - 1), (D[i - 1, j], i - 1, j), (D[i, j - 1], i, j - 1)]
        best = min(steps)
        i, j = best[1], best[2]
        path.append((i - 1, j - 1))
    path.reverse()
    return path


def edit_distance(s, t):
    previous = list(range(len(t) + 1))
    for i, a in enumerate(s, 1):
        current = [i]
        for j, b in enumerate(t, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b)))
        previous = current
    return previous[-1]


def longest_common(s, t):
    table = np.zeros((len(s) + 1, len(t) + 1), dtype=int)
    for i in range(len(s)):
        for j in range(len(t)):
            if s[i] == t[j]:
                table[i + 1, j + 1] = table[i, j] + 1
            else:
                table[i + 1, j + 1] = max(table[i, j + 1], table[i + 1, j])
    out = ""
    i, j = len(s), len(t)
    while i and j:
        if s[i - 1] == t[j - 1]:
            out = s[i - 1] + out
            i, j = i - 1, j - 1
        elif table[i - 1, j] >= table[i, j - 1]:
            i -= 1
        else:
            j -= 1
    return table[-1, -1], out


x = np.array([0, 1, 3, 4, 3, 1, 0, 0, 2, 1]) * 1.0
y = np.array([0, 0, 1, 1, 3, 4, 4, 3, 1, 0, 2, 2]) * 1.0
D = dtw(x, y)
print(D[1:5, 1:8], D[-1, -1])
print(trace(D))
for window in (2, 3, 6):
    print(window, dtw(x, y, window)[-1, -1])
t = np.linspace(0, 6, 30)
a, b = np.sin(t), np.sin(t - 0.6)
print("distance %.8f, point by point %.8f" % (dtw(a, b)[-1, -1], np.abs(a - b).sum()))
for s, w in [("kitten", "sitting"), ("flaw", "lawn"), ("", "abc"), ("numpy", "numpy")]:
    print(f"{s!r:10} {w!r:10} {edit_distance(s, w)} {longest_common(s, w)[0]} {longest_common(s, w)[1]!r}")
