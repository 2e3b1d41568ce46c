def area(width):
    return width * heigth  # error: "name 'heigth' is not defined"


print(area(2))
