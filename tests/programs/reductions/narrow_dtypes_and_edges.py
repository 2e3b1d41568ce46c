# Reductions in a narrower dtype, integers at quantiles, empty operands, calls with many types.
import numpy as np
a = np.full((4,1), 2**30, dtype=np.int32)
print(repr(a.sum(axis=0, dtype=np.int32)), repr(a.ravel().cumsum(dtype=np.int32)), repr(a.sum(dtype=np.int32)), repr(a.prod(dtype=np.int32)))
print(repr(np.sum(np.zeros((2,0,3),np.int32), axis=0, dtype=np.int32)), repr(np.add.reduce(a, dtype=np.int32)), repr(np.add.accumulate(a, dtype=np.int32)))
b = np.array([True, False, True]); print(repr(b.cumsum(dtype=np.int32)), repr(b.sum(dtype=np.int32)))
print(repr(np.sum(np.array([1.5, 2.5]), dtype=np.int32)), repr(np.cumprod(np.array([1.5, 2.5]), dtype=np.int32)))
v = np.array([3,-4,0,5]); print(np.cumsum(v, dtype=np.bool_), np.cumprod([2.,3,0], dtype=bool))
v = np.array([[3,1],[2,5]])
print(np.quantile(v,1,axis=0), np.quantile(v,0), np.quantile(v,1), repr(np.quantile(v.astype(np.int32), [0,1])), np.percentile(v,100), np.quantile(v, 0.5))
b = np.array([1,2,3])
if b.sum() > 5: b = b/2
print(np.pad(b, 1, mode='symmetric'), np.minimum.accumulate(b))
print(np.histogram(np.array([2+1j,-1,3]), bins=3)[0])
print(np.take(np.array(2.5), [0], axis=0), np.take(np.array(2.5), 0, axis=-1))
w = np.zeros((2,0)); np.maximum.at(w, [0,-1], 2); print(w)
a = np.arange(12.).reshape(3,4); q = a[:,2:2]; q[[2,-2],1:-1] += np.compress([False,True],q,axis=0); print(q.shape)
print(np.zeros((0,1), dtype=np.int32) ** np.array([9,-6,3], dtype=np.int32))
a = np.arange(3); b = a/2
for v in (a, b):
    print(v+1, v+1, v+1, v+1, v+1, v+1, v+1, v+1, v+1, v+1, v+1, v+1)
    print((v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, (v+3).dtype, sep=",")
