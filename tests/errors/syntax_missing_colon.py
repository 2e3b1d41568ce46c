x = 3
if x > 2  # error: "syntax"
    print("large")
