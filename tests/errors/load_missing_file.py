import numpy as np

a = np.arange(3)
print(a)
b = np.load("/tmp/lnpc_no_such_file.npy")  # error-at-run-time: "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/lnpc_no_such_file.npy'"
print(b)
