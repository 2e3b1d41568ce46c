import numpy as np
rng = np.random.default_rng(1)
for dt in (np.int64, np.int32):
    info = np.iinfo(dt)
    a = rng.integers(info.min, info.max, 37).astype(dt)
    a[:8] = [info.min, info.max, 0, 1, -1, 7, -7, info.min + 1]
    def show(*vs):
        for v in vs:
            print(v.dtype, v.tolist())
    with np.errstate(all="ignore"):
        show(a // 1, a // -1, a // 2, a // -2, a // 3, a // -3, a // 7, a // 8, a // -8, a // 10, a // 1000, a // 1000000007, a // info.max, a // -info.max, a // 0)
        show(a % 1, a % -1, a % 2, a % -2, a % 3, a % -3, a % 7, a % 8, a % -8, a % 10, a % 1000, a % 1000000007, a % info.max, a % -info.max, a % 0)
        show(np.fmod(a, 3), np.fmod(a, -3), np.fmod(a, 8), np.remainder(a, 5), np.floor_divide(a, 9))
        show(a // info.min, a % info.min, 7 // a, 7 % a, a // a, a % a)
        d, m = np.divmod(a, 13)
        show(d, m)
