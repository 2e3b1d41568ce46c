# nansum and its relatives; nan_to_num.
# rtol=1e-12
import numpy as np

n = np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, 2.0]])
print(np.nansum(n), np.nansum(n, axis=0), np.nanmean(n, axis=1), np.nanmax(n, axis=1, keepdims=True), np.nanmin(n, axis=0), np.nanstd(n), np.nanvar(n, axis=1, ddof=1), np.nanprod(n), np.nan_to_num(n), np.nan_to_num(np.array([np.inf, -np.inf, np.nan]), nan=-1, posinf=9), np.nansum([1, 2]), np.nanmax(np.array([3, 1])))
print(n[~np.isnan(n)], np.isnan(n).any(axis=0))
