# A function deletes a global variable.
n = 0
def d():
    global n
    del n
d()
try: print(n)
except NameError as e: print(e)
