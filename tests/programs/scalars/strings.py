"""Strings: indexing, slicing, methods, comparison."""
s = "Navier-Stokes"
print(len(s), s[0], s[-1], s[3:8], s[::-1], s[::2], s[-6:], s[:100], s[5:2] == "")
print(s + "!", s * 2, "-" * 10, "ab" * 0 == "")
print(s.upper(), s.lower(), s.split("-"), s.find("Sto"), s.find("x"), s.count("e"))
print(s.replace("-", " and "), s.startswith("Nav"), s.endswith(("es", "x")), s.index("k"))
print("  pad ".strip() + "|", "xxhixx".strip("x"), "a,b,,c".split(","), " a  b ".split())
print(", ".join(["x", "y", "z"]), "".join([]), "7".zfill(3), "ab".rjust(5) + "|", "ab".ljust(5) + "|", "ab".center(6) + "|")
print("abc" < "abd", "Z" < "a", "abc" == "abc", "a" < "aa", "b" > "aaa")
print("3".isdigit(), "x1".isalnum(), "ab".isalpha(), " ".isspace(), "title case".title())
print("é" + "ü", len("naïve"), "tab\tnew\\n", 'quo"te', "it's")
count = 0
for c in "mississippi":
    if c in "si":
        count += 1
print(count)
word = ""
for i, c in enumerate("abc"):
    word = c + word + str(i)
print(word)
lines = "one\ntwo\nthree".splitlines()
print(lines, len(lines))
