shape = (3, 4)
shape[0] = 5  # error: "'tuple' object does not support item assignment"
print(shape)
