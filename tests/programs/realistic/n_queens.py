"""N queens by recursion over arrays of flags, and by an explicit stack."""
import numpy as np


def place(row, n, columns, down, up, board, solutions):
    if row == n:
        solutions.append(board.copy())
        return 1
    count = 0
    for col in range(n):
        if columns[col] or down[row + col] or up[row - col + n - 1]:
            continue
        columns[col] = down[row + col] = up[row - col + n - 1] = True
        board[row] = col
        count += place(row + 1, n, columns, down, up, board, solutions)
        columns[col] = down[row + col] = up[row - col + n - 1] = False
    return count


def solve(n):
    solutions = []
    count = place(0, n, np.zeros(n, dtype=bool), np.zeros(2 * n - 1, dtype=bool),
                  np.zeros(2 * n - 1, dtype=bool), np.zeros(n, dtype=int), solutions)
    return count, solutions


def count_by_bits(n, row=0, columns=0, down=0, up=0):
    if row == n:
        return 1
    total = 0
    free = ~(columns | down | up) & ((1 << n) - 1)
    while free:
        bit = free & -free
        free ^= bit
        total += count_by_bits(n, row + 1, columns | bit, (down | bit) << 1, (up | bit) >> 1)
    return total


def first_by_stack(n):
    queens = -np.ones(n, dtype=int)
    row = 0
    tries = 0
    while 0 <= row < n:
        queens[row] += 1
        tries += 1
        while queens[row] < n:
            earlier = queens[:row]
            distance = row - np.arange(row)
            if not np.any((earlier == queens[row]) | (np.abs(earlier - queens[row]) == distance)):
                break
            queens[row] += 1
        if queens[row] < n:
            row += 1
            if row < n:
                queens[row] = -1
        else:
            row -= 1
    return queens, tries


for n in range(1, 8):
    count, solutions = solve(n)
    print(n, count, count_by_bits(n), solutions[0] if solutions else "none")
queens, tries = first_by_stack(8)
print(queens, tries)
board = np.zeros((8, 8), dtype=int)
board[np.arange(8), queens] = 1
for row in board:
    print(" ".join("Q" if c else "." for c in row))
print(board.sum(axis=0), board.sum(axis=1), max(np.trace(board, k) for k in range(-7, 8)))
