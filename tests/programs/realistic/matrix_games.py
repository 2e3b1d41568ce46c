"""Sudoku by arrays, a magic square, spiral and Pascal matrices, sieve and Collatz."""
import numpy as np

puzzle = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79
"""
rows = puzzle.split()
board = np.array([[0 if ch == "." else int(ch) for ch in row] for row in rows])


def candidates(board, i, j):
    used = np.zeros(10, dtype=bool)
    used[board[i]] = True
    used[board[:, j]] = True
    bi, bj = 3 * (i // 3), 3 * (j // 3)
    used[board[bi:bi + 3, bj:bj + 3].ravel()] = True
    return [d for d in range(1, 10) if not used[d]]


def solve(board):
    best = None
    for i in range(9):
        for j in range(9):
            if board[i, j] == 0:
                c = candidates(board, i, j)
                if best is None or len(c) < len(best[2]):
                    best = (i, j, c)
    if best is None:
        return True
    i, j, digits = best
    for d in digits:
        board[i, j] = d
        if solve(board):
            return True
    board[i, j] = 0
    return False


print("given:", np.count_nonzero(board), "solved:", solve(board))
for i, row in enumerate(board):
    print(" ".join(str(d) for d in row[:3]), "|", " ".join(str(d) for d in row[3:6]), "|", " ".join(str(d) for d in row[6:]))
    if i in (2, 5):
        print("------+-------+------")
print(np.all(np.sort(board, axis=0) == np.arange(1, 10)[:, None]), board.sum())


def magic(n):
    m = np.zeros((n, n), dtype=int)
    i, j = 0, n // 2
    for k in range(1, n * n + 1):
        m[i, j] = k
        ni, nj = (i - 1) % n, (j + 1) % n
        if m[ni, nj]:
            ni, nj = (i + 1) % n, j
        i, j = ni, nj
    return m


m = magic(5)
print(m, m.sum(axis=0), m.sum(axis=1), np.trace(m), np.trace(m[:, ::-1]))
spiral = np.zeros((4, 6), dtype=int)
top, bottom, left, right, k = 0, 3, 0, 5, 1
while top <= bottom and left <= right:
    for j in range(left, right + 1):
        spiral[top, j] = k
        k += 1
    for i in range(top + 1, bottom + 1):
        spiral[i, right] = k
        k += 1
    if top < bottom:
        for j in range(right - 1, left - 1, -1):
            spiral[bottom, j] = k
            k += 1
    if left < right:
        for i in range(bottom - 1, top, -1):
            spiral[i, left] = k
            k += 1
    top, bottom, left, right = top + 1, bottom - 1, left + 1, right - 1
print(spiral)
sieve = np.ones(200, dtype=bool)
sieve[:2] = False
for p in range(2, 15):
    if sieve[p]:
        sieve[p * p::p] = False
primes = np.nonzero(sieve)[0]
print(len(primes), primes[-5:], np.diff(primes).max(), primes[:-1][np.diff(primes) == 2])
lengths = np.zeros(60, dtype=int)
for start in range(1, 60):
    n = start
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        lengths[start] += 1
print(lengths.argmax(), lengths.max(), lengths[25:30])
