"""Elementary cellular automata, rules 30, 90, 110 and 184, with periodic and fixed ends."""
import numpy as np


def rule_table(number):
    return np.array([(number >> k) & 1 for k in range(8)], dtype=np.uint8)


def evolve(cells, table, steps):
    history = np.zeros((steps + 1, len(cells)), dtype=np.uint8)
    history[0] = cells
    for t in range(steps):
        row = history[t]
        index = 4 * np.roll(row, 1) + 2 * row + np.roll(row, -1)
        history[t + 1] = table[index]
    return history


def evolve_by_logic(cells, steps):
    """Rule 30: left xor (centre or right), with dead ends."""
    state = cells.astype(bool)
    rows = [state]
    for t in range(steps):
        padded = np.concatenate(([False], state, [False]))
        state = padded[:-2] ^ (padded[1:-1] | padded[2:])
        rows.append(state)
    return np.array(rows)


width, steps = 61, 28
start = np.zeros(width, dtype=np.uint8)
start[width // 2] = 1
for number in (30, 90, 110):
    h = evolve(start, rule_table(number), steps)
    print("rule", number, rule_table(number), "alive", h.sum(), "last row", h[-1].sum())
    for row in h[:12:2]:
        print("".join(" #"[c] for c in row[18:44]).rstrip())
logic = evolve_by_logic(start, steps)
table = evolve(start, rule_table(30), steps)
print("same:", np.array_equal(logic, table), logic.dtype, logic.shape)
centre = table[:, width // 2]
print("centre column:", "".join(str(int(c)) for c in centre), sum(int(c) << k for k, c in enumerate(centre)))
traffic = (np.arange(40) * 7 % 10 < 4).astype(np.uint8)
flow = evolve(traffic, rule_table(184), 30)
print("cars are kept:", np.all(flow.sum(axis=1) == traffic.sum()), flow[-1])
moved = np.sum((flow[:-1] == 1) & (np.roll(flow[:-1], -1, axis=1) == 0), axis=1)
print("moves per step:", moved)
