"""Every kind of format specification for ints."""
n = 42
m = -1234567
z = 0
print(f"{n}|{n:d}|{n:5d}|{n:<5d}|{n:^6d}|{n:>5}|{n:05d}|{n:+d}|{n: d}|{n:-d}")
print(f"{m}|{m:12,d}|{m:_}|{m:+,}|{m:015d}|{m:=+12}|{m:*^15}|{m:x<12}")
print(f"{n:b}|{n:o}|{n:x}|{n:X}|{n:#b}|{n:#o}|{n:#x}|{n:#010x}|{n:08b}|{m:x}")
print(f"{n:c}|{n:e}|{n:.2f}|{n:g}|{n:%}|{n:8.1f}|{n:n}")
print(f"{z:d}|{z:+d}|{z:03}|{z:,}|{True}|{True:d}|{True:5}|{False:>6}")
width = 9
print(f"{n:{width}d}|{n:<{width}}|{n:0{width}d}|{m:>{width + 3},}")
print(f"{n=}|{n = }|{n=:5d}|{n + 1=}|{{{n}}}|{n!r:>4}|{n!s}")
print("{} {:>4} {name}".format(1, 2, name="x"), "{0} {1} {0}".format("a", "b"), "{:,.2f}".format(12345.678))
print(f"{2**62:,} {-(2**63)} {10**15:_d}")
print(format(255, "x"), format(3, "04d"), format(2.5, ".3f"), format("s", ">3"))
