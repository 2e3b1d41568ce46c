x = 10.0
print(x**2)
print(x**400)  # error-at-run-time: "OverflowError: (34, 'Numerical result out of range')"
