import numpy as np
rng = np.random.default_rng(2)
for dt in (np.float64, np.float32, np.int64, np.int32, bool):
    A = (rng.random((3, 4, 5)) * 7).astype(dt)
    for ax in (0, 1, 2, -1):
        print(A.argmax(axis=ax).tolist(), A.argmin(axis=ax).tolist())
    print(A[:, ::2].argmax(axis=0).tolist(), A.T.argmin(axis=1).tolist(), A.argmax(), A.argmin())
F = rng.random((5, 3)); F[2, 1] = np.nan; F[4, 1] = np.nan
print(F.argmax(axis=0), F.argmin(0), F.argmax(1), F.argmax(), np.zeros((0, 3)).argmax(axis=1).shape if False else 0)
print(np.zeros((3, 0)).argmax(axis=0).shape, (rng.random(1000) * 0).argmax())
