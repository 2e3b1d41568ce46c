"""Dictionaries, sets, comprehensions."""
import numpy as np

config = {"nx": 5, "dt": 0.25, "name": "box"}
config["steps"] = 3
for key, value in config.items():
    print(key, value, end="; ")
print(config, len(config), "dt" in config, config.get("rho", 1.0), list(config), sorted(config.keys()))
u = np.zeros(config["nx"])
for _ in range(config["steps"]):
    u += config["dt"] * np.arange(config["nx"])
print(u, config.pop("name"), config)
counts = {}
for word in "the cat and the dog and the bird".split():
    counts[word] = counts.get(word, 0) + 1
print(counts, sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
squares = {k: k * k for k in range(4)}
odd = [k for k in squares if k % 2]
table = [[i * j for j in range(3)] for i in range(3) if i != 1]
seen = {3, 1, 2} | {3}
print(squares, odd, table, sorted(seen), len(seen), 2 in seen, seen & {2, 9}, {x % 3 for x in range(9)} == {0, 1, 2})
fields = {"u": np.ones(3), "v": np.arange(3.0)}
fields["u"][1] = 5
print(fields, sum(f.sum() for f in fields.values()), any(f.max() > 4 for f in fields.values()), {(1, 2): "t"}[(1, 2)])
