x = 2.5
print(x[0])  # error: "'float' object is not subscriptable"
