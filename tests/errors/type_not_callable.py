steps = 5
print(steps(3))  # error: "'int' object is not callable"
