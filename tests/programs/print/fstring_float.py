"""Every kind of format specification for floats."""
import numpy as np

x = 3.14159265
y = -0.000012345
big = 1234567.891
print(f"{x}|{x:f}|{x:.3f}|{x:10.2f}|{x:<10.2f}|{x:^10.2f}|{x:+.1f}|{x: .1f}|{x:010.3f}|{x:.0f}|{x:#.0f}")
print(f"{y}|{y:f}|{y:.3e}|{y:.2E}|{y:g}|{y:.3g}|{y:12.4e}|{y:+e}")
print(f"{big}|{big:,.2f}|{big:.3e}|{big:g}|{big:.10g}|{big:G}|{big:15,.1f}|{big:_.3f}|{big:.3}|{big:12.6}")
print(f"{0.256:%}|{0.256:.1%}|{1.5:8.0%}|{2.0:.2%}|{-0.5:+%}")
inf = float("inf")
nan = float("nan")
print(f"{inf}|{inf:f}|{-inf:8.2f}|{nan:.3f}|{inf:F}|{nan:+}|{inf:010}|{nan:<6}|")
print(f"{0.0}|{-0.0:.1f}|{-0.0:g}|{1e22:f}|{1e16}|{1e-5}|{123456789.0:g}|{1e5:g}|{1e6:g}|{100000.0:.5g}")
print(f"{0.5:.0f}|{1.5:.0f}|{2.5:.0f}|{2.675:.2f}|{1e-10:.5f}|{0.1:.20f}|{5e-324:.3e}|{1.0:.3}|{12.0:.1}")
print(f"{x=}|{x=:.2f}|{x!r}|{x * 2 = :.3f}|{x:>{12}.{4}f}")
a = np.float64(2.0) / 3
b = np.float32(2.0) / np.float32(3)
print(f"{a}|{a:.4f}|{a:12.5e}|{a!r}|{a=}|{b}|{b:.4f}|{b!r}|{b:.10f}")
v = np.array([1.5, -2.25])
print(f"{v}|{v[0]:.3f}|{v[1]:+g}|{v.sum()}|{v.mean():>8}|{v!r}")
z = 1.5 - 2.25j
print(f"{z}|{z:.1f}|{z:+.2e}|{np.complex128(z):.3f}|{z.real:.1f}")
