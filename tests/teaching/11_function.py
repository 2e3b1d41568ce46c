def area(w, h=2):
    return w * h


print(area(3), area(1.5), area(2, h=4))
