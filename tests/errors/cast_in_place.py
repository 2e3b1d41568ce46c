import numpy as np

k = np.arange(3)
k *= 2
print(k)
k += 0.5  # error-at-run-time: "numpy._core._exceptions._UFuncOutputCastingError: Cannot cast ufunc 'add' output from dtype('float64') to dtype('int64') with casting rule 'same_kind'"
print(k)
