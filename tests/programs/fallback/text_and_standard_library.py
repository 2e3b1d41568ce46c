"""Strings of every kind and modules of the standard library."""
import collections
import json
import re

import numpy as np

s = "Re = 100.5, Ma = 0.3"
print(re.findall(r"[\d.]+", s), re.sub(r"\s*=\s*", ":", s), re.match(r"(\w+) = ", s).group(1))
print(s.partition(","), s.rsplit(" ", 1), s.casefold(), s.swapcase(), s.translate(str.maketrans("aeiou", "AEIOU")), s.encode()[:4], s.expandtabs())
print("{:>8}|{:^8}|{:<8}".format("r", "c", "l"), "{x[0]} {y.real}".format(x=[7], y=2j), s.isupper(), "ab\n".rstrip(), "%-6s|" % "ab", "a" in s, s.rfind("="))
data = json.loads('{"n": 3, "values": [1, 2.5, null, true]}')
print(data, json.dumps({"a": [1, 2.0, "x"], "b": None}), data["values"][1] * 2)
c = collections.Counter("mississippi")
print(c.most_common(2), c["s"], collections.deque([1, 2], maxlen=2), collections.defaultdict(int)["x"])
a = np.array(json.loads("[[1, 2], [3, 4]]"))
a[0] += 10
print(a, a.dtype, json.dumps(a.tolist()), np.array2string(a, separator=", "), np.array(["u", "vel"]), np.array(["b", "a"]).tolist())
exec("z = 3 * 7")  # expect: fallback
print(z, eval("a.sum() + z"))
np.set_printoptions(precision=3, suppress=True)
print(np.array([1.23456, 1e-9]), np.float64(1.23456))
