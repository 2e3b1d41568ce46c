# Strings that grow in loops, and others that hold what they were.

def main():
    s = ""
    for i in range(200000): s += "x"
    print(len(s))
    u = ""
    for i in range(100000): u = u + str(i % 10) + "é"
    print(len(u), u[:10], u[-6:])
    v = "a"
    keep = []
    for i in range(5):
        keep.append(v)
        v += "b"
    print(keep, v)
    w = v
    v += "c"
    print(w, v, w + v, v + v)
    lines = ""
    for i in range(1000): lines += f"{i},{i * 2}\n"
    print(len(lines), lines[-9:].strip())
main()
s = "q"
for k in range(3): s += s
print(s, s + "z", s)
def f(a): return a + "!"
p = "p" + str(3)
print(f(p), p, f(f(p)))
