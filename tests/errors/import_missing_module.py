import numpi as np  # error: "No module named 'numpi'"

print(np.zeros(3))
