table = {"u": 1}
print(table["u"])
print(table["v"])  # error-at-run-time: "KeyError: 'v'"
