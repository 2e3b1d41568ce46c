"""concatenate, stack, vstack, hstack, column_stack, tile, repeat, split, append."""
import numpy as np

a = np.arange(6).reshape(2, 3)
b = np.arange(3) * 10
print(np.concatenate([a, a * 2]), np.concatenate((a, [[7], [8]]), axis=1), np.concatenate([b, b[::-1], [99]]), np.concatenate([a.T, a.T], axis=-1), np.concatenate([a, a], axis=None))
print(np.stack([b, b + 1]), np.stack([b, b + 1], axis=1), np.stack([a, -a]).shape, np.stack((a, -a), axis=2)[1], np.stack([a, a], axis=-2).shape)
print(np.vstack([a, b]), np.hstack([a, a[:, ::-1]]), np.hstack([b, 5]), np.vstack((b, b)), np.column_stack([b, b * 2]), np.dstack([a, a]).shape, np.vstack([1, 2]))
print(np.tile(b, 2), np.tile(a, (2, 2)), np.repeat(b, 2), np.repeat(a, 2, axis=1), np.repeat(a, [1, 2], axis=0), np.append(b, 4), np.append(a, [[1, 2, 3]], axis=0), np.insert(b, 1, 5), np.delete(b, 1))
print(np.split(np.arange(6), 3), np.array_split(np.arange(5), 2), np.hsplit(a, 3)[1], np.split(np.arange(7), [2, 5])[1])
print(np.concatenate([b, b / 4]), np.concatenate([b > 5, b]), np.stack([b, b * 1j]).dtype, np.concatenate([np.zeros(0), b]), np.concatenate([a[:0], a]).shape, np.r_[b, 1, 2], np.c_[b, b])
x, y = np.split(b[:2], 2)
print(x, y, np.pad(b, 1), np.pad(a, ((1, 0), (0, 2)), constant_values=-1), np.pad(b, 2, mode="edge"), np.pad(b, (1, 2), mode="wrap"))
parts = []
for k in range(3):
    parts.append(np.full(k + 1, k))
print(np.concatenate(parts), np.hstack(parts).shape, np.vstack([p[:1] for p in parts]))
