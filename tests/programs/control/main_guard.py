# args: 6 2.5 --name=x -v
"""sys.argv, asserts, a main guard, docstrings, pass, ellipsis."""
import sys

LIMIT: int = 100


def parse(argv):
    numbers = []
    flags = ""
    for a in argv[1:]:
        if a.startswith("-"):
            flags += a.lstrip("-") + ";"
        else:
            numbers.append(float(a))
    return numbers, flags


def main(argv: list[str]) -> int:
    """Returns the exit status."""
    numbers, flags = parse(argv)
    assert len(numbers) == 2, "two numbers"
    assert flags
    print(len(argv), numbers, flags, int(argv[1]) + 1)
    if numbers[0] > LIMIT:
        pass
    elif numbers[0] > 5:
        print("more than 5")
    else:
        ...
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
