import numpy as np

flux = np.linspace(0.0, 1.0, 8)
u = np.ones(9)
u[1:-1] -= flux[1:] - flux[:-1]
print(u)
u[1:-1] += 0.5 * (flux[1:] - flux)  # error-at-run-time: "ValueError: operands could not be broadcast together with shapes (7,) (8,) "
