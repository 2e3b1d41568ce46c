"""Convolution by slices: blur, sharpen, Sobel edges, median filter and threshold of an image."""
import numpy as np

H, W = 24, 30
yy, xx = np.mgrid[0:H, 0:W]
image = ((xx * 5 + yy * 3) % 64).astype(np.float64)
image[6:14, 8:20] = 200
image[(yy - 17)**2 + (xx - 22)**2 < 16] = 120


def convolve(img, kernel):
    kh, kw = kernel.shape
    ph, pw = kh // 2, kw // 2
    padded = np.pad(img, ((ph, ph), (pw, pw)), mode="edge")
    out = np.zeros_like(img)
    for i in range(kh):
        for j in range(kw):
            out += kernel[i, j] * padded[i:i + img.shape[0], j:j + img.shape[1]]
    return out


def to_uint8(img):
    return np.clip(np.rint(img), 0, 255).astype(np.uint8)


box = np.ones((3, 3)) / 9
gauss = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256
sharpen = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
sobel_y = sobel_x.T

for name, kernel in [("box", box), ("gauss", gauss), ("sharpen", sharpen)]:
    result = convolve(image, kernel)
    print(f"{name:8s} mean {result.mean():10.5f} max {result.max():10.5f} row {to_uint8(result)[10, ::5]}")
gx, gy = convolve(image, sobel_x), convolve(image, sobel_y)
magnitude = np.sqrt(gx**2 + gy**2)
edges = magnitude > 0.5 * magnitude.max()
print("edge pixels:", edges.sum(), magnitude.max().round(6))
for row in edges[4:16]:
    print("".join("#" if e else "." for e in row))
windows = np.stack([image[i:H - 2 + i, j:W - 2 + j] for i in range(3) for j in range(3)])
median = np.sort(windows, axis=0)[4]
print("median:", windows.shape, median.shape, repr(float(median.sum())), median[5, ::6])
hist, bin_edges = np.histogram(to_uint8(image), bins=8, range=(0, 256))
print(hist, bin_edges)
levels = np.cumsum(hist) / image.size
print(levels.round(4), np.searchsorted(levels, 0.5))
rgb = np.zeros((H, W, 3), dtype=np.uint8)
rgb[..., 0] = to_uint8(image)
rgb[edges] = [255, 0, 0]
rgb[:, :4, 2] = 77
grey = rgb @ np.array([0.25, 0.5, 0.25])
print(rgb.sum(axis=(0, 1)), grey.shape, grey[12, ::6], rgb[::-1, ::-1][0, 0])
half = image.reshape(H // 2, 2, W // 2, 2).mean(axis=(1, 3))
print(half.shape, half[4])
