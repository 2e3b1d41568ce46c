text = "1.5e"
print(float("1.5e3"))
print(float(text))  # error-at-run-time: "ValueError: could not convert string to float: '1.5e'"
