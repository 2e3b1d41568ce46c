"""A gray image: blur, gradient, threshold by Otsu's method, labels of regions."""
import numpy as np

h, w = 24, 30
y, x = np.mgrid[0:h, 0:w]
image = 40 + 10 * ((x * 3 + y * 5) % 7) / 7
image[5:12, 4:11] += 120
image[(y - 15) ** 2 + (x - 20) ** 2 < 30] += 90
image = image.astype(np.uint8)
print(image.dtype, image.min(), image.max(), image.sum(), image[10, ::5])
f = image.astype(float)
blur = f.copy()
blur[1:-1, 1:-1] = (f[:-2, :-2] + f[:-2, 1:-1] + f[:-2, 2:] + f[1:-1, :-2] + f[1:-1, 1:-1] + f[1:-1, 2:] + f[2:, :-2] + f[2:, 1:-1] + f[2:, 2:]) / 9
gx = blur[1:-1, 2:] - blur[1:-1, :-2]
gy = blur[2:, 1:-1] - blur[:-2, 1:-1]
print(repr(float(blur.sum())), f"{np.sqrt(gx**2 + gy**2).max():.9f}", np.abs(gx).argmax())
hist = np.zeros(256, dtype=int)
for v in image.ravel():
    hist[v] += 1
best, threshold = -1.0, 0
levels = np.arange(256)
for t in range(1, 256):
    n0, n1 = hist[:t].sum(), hist[t:].sum()
    if n0 == 0 or n1 == 0:
        continue
    m0 = (hist[:t] * levels[:t]).sum() / n0
    m1 = (hist[t:] * levels[t:]).sum() / n1
    score = n0 * n1 * (m0 - m1) ** 2
    if score > best:
        best, threshold = score, t
mask = image >= threshold
print(threshold, mask.sum(), mask[8, :12].astype(int))
labels = np.where(mask, np.arange(1, h * w + 1).reshape(h, w), 0)
changed = True
rounds = 0
while changed:
    old = labels.copy()
    labels[1:] = np.where(mask[1:], np.maximum(labels[1:], labels[:-1] * mask[:-1]), 0)
    labels[:-1] = np.where(mask[:-1], np.maximum(labels[:-1], labels[1:]), 0)
    labels[:, 1:] = np.where(mask[:, 1:], np.maximum(labels[:, 1:], labels[:, :-1]), 0)
    labels[:, :-1] = np.where(mask[:, :-1], np.maximum(labels[:, :-1], labels[:, 1:]), 0)
    changed = (labels != old).any()
    rounds += 1
print(rounds, labels.max(), labels[8, 6], labels[15, 20], (labels == labels[15, 20]).sum())
negative = 255 - image
print(negative.dtype, negative[:2, :3], (image // 2 + negative // 2).max(), (image + negative).min(), np.clip(f * 1.5, 0, 255).astype(np.uint8)[8, :6])
