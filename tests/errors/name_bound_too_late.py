import sys

if len(sys.argv) > 5:
    scale = 2.0
print("start")
print(scale * 3)  # error-at-run-time: "NameError: name 'scale' is not defined"
