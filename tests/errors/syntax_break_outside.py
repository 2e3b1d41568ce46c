x = 1
if x > 0:
    break  # error: "'break' outside loop"
print(x)
