# Modules that the program changes.
import sys, io
old = sys.stdout; sys.stdout = io.StringIO()
print("hidden"); h = sys.stdout.getvalue(); sys.stdout = old
print(repr(h))
print(*(c for c in "xyz"))
import numpy as np, math
np.zeros = lambda n: "patched"; print(np.zeros(3))
math.sqrt = abs
print(math.sqrt(-3))
import sys
sys.stdout.write('w\n')
sys.stdout = sys.__stdout__
print('x')
