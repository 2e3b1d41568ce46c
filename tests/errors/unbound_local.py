def last(n):
    for k in range(n):
        value = k * 2
    return value  # error-at-run-time: "UnboundLocalError: cannot access local variable 'value' where it is not associated with a value"


print(last(3))
print(last(0))
