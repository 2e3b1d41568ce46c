a = [1, 2]
a.remove(2)
print(a)
a.remove(7)  # error-at-run-time: "ValueError: list.remove(x): x not in list"
