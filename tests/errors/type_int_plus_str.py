n = 3
print("n is " + n)  # error: "can only concatenate str (not "int") to str"
