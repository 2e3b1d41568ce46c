x = 1
y = 'abc  # error: "unterminated string literal"
z = 2
