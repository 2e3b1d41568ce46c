"""The % operator on strings."""
import numpy as np

print("%d %i %5d|%-5d|%05d|%+d|% d" % (3, 4, 5, 6, 7, 8, 9))
print("%f %.2f %8.3f|%-8.1f|%08.2f|%+.1f" % (1.5, 2.345, 3.14159, 2.5, -1.5, 4.0))
print("%e %.2e %E %g %g %g %G" % (12345.678, 0.00012, 1e10, 1e-5, 123456789.0, 0.5, 1e-10))
print("%s %r %10s|%-6s|%.2s" % ("a", "b", "right", "left", "cut"))
print("%x %X %o %#x %c %c %%" % (255, 255, 8, 16, "z", 65))
print("%d" % 3.99, "%s" % 2.5, "%s" % None, "%s" % [1, 2], "%5.1f%%" % 12.34)
print("%d steps, residual %.3e" % (np.int64(12), np.float64(0.00123)))
print("%s and %s" % (np.float64(0.5), np.array([1, 2])))
print("%*d|%.*f" % (6, 42, 2, 3.14159))
print("%(a)d %(b)s" % {"a": 1, "b": "x"})
print("100%", "%%")
