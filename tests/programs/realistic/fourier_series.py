# rtol=1e-9
"""Fourier coefficients by quadrature and by a DFT matrix; reconstruction and Parseval."""
import numpy as np

N = 64
x = np.linspace(0, 2 * np.pi, N, endpoint=False)
square = np.where(x < np.pi, 1.0, -1.0)
saw = x / np.pi - 1


def coefficients(f, n_max):
    a = np.zeros(n_max + 1)
    b = np.zeros(n_max + 1)
    for n in range(n_max + 1):
        a[n] = 2 / N * np.sum(f * np.cos(n * x))
        b[n] = 2 / N * np.sum(f * np.sin(n * x))
    return a, b


def reconstruct(a, b, x):
    n = np.arange(1, len(a))[:, None]
    return a[0] / 2 + (a[1:, None] * np.cos(n * x) + b[1:, None] * np.sin(n * x)).sum(axis=0)


for name, f in (("square", square), ("saw", saw)):
    for n_max in (3, 9, 15):
        a, b = coefficients(f, n_max)
        g = reconstruct(a, b, x)
        rms = np.sqrt(np.mean((f - g)**2))
        print(f"{name:7s} n_max={n_max:2d} rms {rms:.8f} overshoot {g.max() - f.max():+.6f}")
    print(b[1:8:2])

n = np.arange(N)
k = n.reshape((N, 1))
F = np.exp(-2j * np.pi * k * n / N)
signal = np.cos(2 * np.pi * 5 * n / N) + 0.5 * np.sin(2 * np.pi * 12 * n / N) + 0.25
spectrum = F @ signal
power = np.abs(spectrum)**2 / N**2
peaks = np.where(power > 1e-6)[0]
for p in peaks:
    print(f"k={p:2d} power {power[p]:.8f}")
print("Parseval:", np.isclose(np.sum(signal**2), np.sum(np.abs(spectrum)**2) / N))
back = (F.conj().T @ spectrum / N).real
print("inverse:", np.allclose(back, signal), spectrum.dtype, F.shape)
print("same as fft:", np.allclose(spectrum, np.fft.fft(signal)))
low = spectrum.copy()
low[8:-7] = 0
filtered = (F.conj() @ low / N).real
print("filtered:", filtered[::8])
