# median, percentile, quantile, average.
# rtol=1e-12
import numpy as np

a = np.arange(24).reshape(2, 3, 4)
f = a / 4
print(np.average(f), np.average(f, axis=0), np.average(f[0], weights=a[0] + 1), np.average(f[0], axis=1, weights=[1, 2, 3, 4]), np.average([1, 2, 3], weights=[3, 2, 1]))
print(np.median(f, axis=1), np.median([3, 1]), np.median([5]), np.median(a), np.median(f[0], axis=-1, keepdims=True), np.median(np.array([1, np.nan, 2])))
print(np.percentile(f, 30), np.percentile(a, [10, 50.5, 90]), np.percentile(f, 25, axis=0), np.quantile(f[0], [0.1, 0.9], axis=1), np.percentile(f, 100), np.percentile(f, 0))
