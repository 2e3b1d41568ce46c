import numpy as np

a = np.arange(3)
print(a)
np.save("/tmp/lnpc_no_such_dir/a.npy", a)  # error-at-run-time: "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/lnpc_no_such_dir/a.npy'"
