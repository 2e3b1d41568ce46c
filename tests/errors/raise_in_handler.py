def parse(text):
    try:
        return int(text)
    except ValueError:
        print("cannot parse", text)
        raise RuntimeError("stopped") from None  # error-at-run-time: "RuntimeError: stopped"


print(parse("12"))
print(parse("twelve"))
