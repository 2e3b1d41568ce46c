"""Format specifications for strings and others."""
s = "flow"
print(f"{s}|{s:8}|{s:<8}|{s:>8}|{s:^8}|{s:*^9}|{s:.2}|{s:6.3}|{s!r}|{s!r:>8}|{s=}")
print(f"{'nested'} {s.upper()} {s[1:3]} {len(s)} {s + '!':>6}")
print(f"{[1, 2]} {(1, 'a')} {None} {s!a} {'é'!a}")
print(f"a{{b}}c {{}} {1 + 1}{2 + 2}")
d = 3
print(f"{s:{d * 3}}|{s:>{d}}|{'x' * d}|{s:-<{d + 5}}")
print(f"one "
      f"two {d} "
      "three {d}")
print(f"""tri
{d:>4}
end""")
print(rf"raw\n{d}", r"\t", "a\\b", "\x41\u00e9\101")
name, value, unit = "pressure", 101.325, "kPa"
for width in (10, 12):
    print(f"{name:<{width}}{value:>{width}.1f} {unit}")
print("one" " two" f" {d}")
