"""The exit code comes from a function that CPython runs."""
import sys


def main():
    try:
        n = int("x")
    except ValueError as error:
        print("error:", error)
        return 0
    return n


sys.exit(main())
