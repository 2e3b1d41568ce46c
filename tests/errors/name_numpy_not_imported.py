x = np.zeros(3)  # error: "name 'np' is not defined"
print(x)
