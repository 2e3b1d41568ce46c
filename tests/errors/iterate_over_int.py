n = 4
for i in n:  # error: "'int' object is not iterable"
    print(i)
