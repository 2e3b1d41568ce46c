"""Division by zero in arrays warns on standard error and gives inf or nan."""
import numpy as np

a = np.array([1.0, -1.0, 0.0])
print(a / 0, a / np.zeros(3), a // 0, a % 0)
print(np.log(a), np.sqrt(a), 1 / a)
i = np.array([7, -7, 0])
print(i // 0, i % 0, i / 0)
with np.errstate(divide="ignore", invalid="ignore"):
    print(np.float64(1) / 0, np.float64(0) / 0)
print(np.array([1e308]) * 10, np.exp(np.array([1000.0])), np.array([300.0], dtype=np.float32) ** 20)
print(np.where(a != 0, 1 / a, 0))
