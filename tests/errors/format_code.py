x = 2.5
print(f"{x:d}")  # error: "Unknown format code 'd' for object of type 'float'"
