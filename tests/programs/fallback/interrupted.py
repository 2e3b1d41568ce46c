# Ctrl-C while the interpreter runs is a KeyboardInterrupt that the program can catch.
import os
import signal
import time

print("working")
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(10)
    print("never")
except KeyboardInterrupt:
    print("stopped")
total = 0
for k in range(10):
    total += k
print(total)
