"""What the provider does in Python itself. Runs in a namespace of its own."""
import ast
import builtins
import io
import linecache
import os
import signal
import sys
import traceback


class Unbound:
    """Stands for an output that its unit left without a value."""

    def __init__(self, name):
        self.name = name


class Output(io.FileIO):
    """Standard output that knows how much went through it."""

    written = 0
    skip = 0

    def write(self, data):
        n = len(data)
        dropped = min(n, Output.skip)
        Output.skip -= dropped
        rest = memoryview(data)[dropped:]
        while len(rest):
            done = super().write(rest)
            Output.written += done
            rest = rest[done:]
        return n


class Input(io.RawIOBase):
    """Standard input, with what was read from it already in front."""

    def __init__(self, read):
        self.read_before = read

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.read_before[: len(buffer)] or os.read(0, len(buffer))
        self.read_before = self.read_before[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def restart(n_written, read):
    """Runs the whole program from its start, without what it has printed already.

    `read`: what compiled code has read from standard input, in hexadecimal digits."""
    flush()
    if read:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(Input(bytes.fromhex(read))))
    Output.skip = n_written + Output.written
    namespace = sys.modules["__main__"].__dict__
    for name in [name for name in namespace if not name.startswith("__")]:
        del namespace[name]
    file = namespace["__file__"]
    source = "".join(linecache.getlines(file))
    exec(compile(source, file, "exec", dont_inherit=True), namespace)


def step(iterator):
    """Whether there is another element, and it. Not a generator: those show in tracebacks."""
    for value in iterator:
        return True, value
    return False, None


def prepare(file, source):
    """Sets up `__main__` as it is for `python file`, and gives its namespace."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("MPLBACKEND", "Agg")
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    sys.path.insert(0, os.path.dirname(os.path.abspath(file)))
    raw = Output(1, "w", closefd=False)
    sys.stdout = io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=raw.isatty()
    )
    sys.__stdout__ = sys.stdout
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    builtins.__lnp_restart__ = restart
    builtins.__lnp_next__ = step
    namespace = sys.modules["__main__"].__dict__
    namespace["__file__"] = file
    namespace["__doc__"] = ast.get_docstring(ast.parse(source), clean=False)
    return namespace


def compile_unit(source, file, line, is_expression):
    """Code whose line numbers are the user's file's."""
    mode = "eval" if is_expression else "exec"
    if is_expression:
        # Inside brackets an expression may span lines.
        source = f"({source}\n)"
    if line > 0:
        return compile("\n" * (line - 1) + source, file, mode, dont_inherit=True)
    # A first line of the compiler's own stands above the file's.
    tree = compile(source, file, mode, ast.PyCF_ONLY_AST, dont_inherit=True)
    return compile(ast.increment_lineno(tree, line - 1), file, mode, dont_inherit=True)


def flush():
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(141)
    except (AttributeError, OSError, ValueError):
        pass


seen_print_options = None


def changed_print_options():
    """Whether NumPy's print options are other than its own, or None: as they were."""
    global seen_print_options
    module = sys.modules.get("numpy._core.printoptions")
    if module is None:
        return None
    # Every change makes a new dictionary.
    options = module.format_options.get()
    if options is seen_print_options:
        return None
    seen_print_options = options
    return options != module.default_format_options_dict


def stop():
    import atexit
    import threading

    try:
        threading._shutdown()
    finally:
        atexit._run_exitfuncs()
        flush()
        try:
            sys.stderr.flush()
        except (AttributeError, OSError, ValueError):
            pass


def describe(exc):
    """Exit code or -1, class, message, frames, what led to it, line of the unit."""
    if isinstance(exc, SystemExit):
        code = exc.code
        if code is None:
            return 0, "SystemExit", "", "", "", 0
        if isinstance(code, int):
            return code & 0xFF, "SystemExit", "", "", "", 0
        return 1, "SystemExit", str(code), "", "", 0
    frames = frames_of(exc)
    line = frames[0].lineno if frames and frames[0].filename != "<lnpc>" else 0
    detail = "".join(traceback.StackSummary.from_list(frames[1:]).format())
    last = "".join(traceback.format_exception_only(type(exc), exc)).rstrip("\n")
    kind, colon, message = last.partition(": ")
    if "\n" in kind:
        kind, message = last, ""
    return -1, kind, message, detail, chain(exc, {id(exc)}), line or 0


def frames_of(exc):
    """The traceback's frames, without the columns that would draw carets."""
    frames = traceback.extract_tb(exc.__traceback__)
    frames[1:] = [frame for frame in frames[1:] if frame.filename != "<lnpc>"]
    for frame in frames:
        if hasattr(frame, "colno"):
            frame.colno = frame.end_colno = None
    return frames


def chain(exc, seen):
    """The reports of the exceptions behind this one, each with the sentence that follows it."""
    if exc.__cause__ is not None:
        behind, sentence = exc.__cause__, "The above exception was the direct cause of the following exception:"
    elif exc.__context__ is not None and not exc.__suppress_context__:
        behind, sentence = exc.__context__, "During handling of the above exception, another exception occurred:"
    else:
        return ""
    if id(behind) in seen:
        return ""
    seen.add(id(behind))
    report = chain(behind, seen)
    frames = frames_of(behind)
    if frames:
        report += "Traceback (most recent call last):\n"
        report += "".join(traceback.StackSummary.from_list(frames).format())
    report += "".join(traceback.format_exception_only(type(behind), behind))
    return f"{report}\n{sentence}\n\n"
