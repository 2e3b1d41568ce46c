"""Arrays from nested lists, back to lists, iteration, membership, equality."""
import numpy as np

table = np.array([[3, 1, 4], [1, 5, 9]])
for row in table:
    print(row, row.sum())
for row in table.tolist():
    for v in row:
        print(v * 2, end=" ")
print()
for i, v in enumerate(table[0]):
    print(i, v, end="; ")
print()
for r, c in zip(table[0], table[1]):
    print(r - c, end=" ")
print(len(table), 5 in table, 7 in table)
print(np.array_equal(table, table.copy()), np.allclose(table, table + 1e-9), (table == table.T.T).all())
print(np.array_equal(table, table[:, :2]), np.allclose([1.0], [1.1]))
rows = []
for k in range(3):
    rows.append(np.arange(2) + k)
stacked = np.array(rows)
print(stacked, stacked.shape)
values = []
for k in range(4):
    values.append(k * 0.5)
print(np.array(values), np.asarray(values).mean())
print(table.item(4), table.max().item(), float(table[1, 2]), list(table[:, 1]), [int(v) for v in table[0]])
for idx, v in np.ndenumerate(table):
    print(idx, v, end=" ")
print()
print(sum(table[1]), max(table[1]), min(table[0]), sorted(table[0]), table.flatten().tolist())
