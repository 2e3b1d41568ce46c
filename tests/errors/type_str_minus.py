label = "u"
print(label - 1)  # error: "unsupported operand type(s) for -: 'str' and 'int'"
