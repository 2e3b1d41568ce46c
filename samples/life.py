"""Conway's Game of Life: on a torus with np.roll, in a box with slices.

usage: life.py [rows [cols [generations]]]
"""
import sys

import numpy as np


def neighbours_torus(cells):
    total = np.zeros_like(cells)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            if dy != 0 or dx != 0:
                total += np.roll(np.roll(cells, dy, axis=0), dx, axis=1)
    return total


def neighbours_box(cells):
    total = np.zeros_like(cells)
    total[1:] += cells[:-1]
    total[:-1] += cells[1:]
    total[:, 1:] += cells[:, :-1]
    total[:, :-1] += cells[:, 1:]
    total[1:, 1:] += cells[:-1, :-1]
    total[1:, :-1] += cells[:-1, 1:]
    total[:-1, 1:] += cells[1:, :-1]
    total[:-1, :-1] += cells[1:, 1:]
    return total


def next_generation(cells, torus=True):
    n = neighbours_torus(cells) if torus else neighbours_box(cells)
    return ((n == 3) | ((cells == 1) & (n == 2))).astype(np.int32)


def show(cells, rows=12, cols=40):
    for row in cells[:rows, :cols]:
        line = ""
        for cell in row:
            line += "#" if cell else "."
        print("   ", line)


rows = int(sys.argv[1]) if len(sys.argv) > 1 else 256
cols = int(sys.argv[2]) if len(sys.argv) > 2 else 300
generations = int(sys.argv[3]) if len(sys.argv) > 3 else 200

rng = np.random.default_rng(42)
start = (rng.random((rows, cols)) < 0.3).astype(np.int32)

for name, torus in (("torus", True), ("box", False)):
    cells = start.copy()
    for g in range(generations):
        cells = next_generation(cells, torus=torus)
    print(f"{name}: {start.sum()} cells alive at first, "
          f"{cells.sum()} after {generations} generations")
    weights = np.arange(rows)[:, None] * 31 + np.arange(cols)
    print(f"  checksum {(cells * weights).sum() % 1000003}, "
          f"fullest row {cells.sum(axis=1).argmax()}, "
          f"fullest column {cells.sum(axis=0).argmax()}")
    show(cells, rows=8)
