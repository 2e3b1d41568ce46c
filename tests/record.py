"""Records what CPython and NumPy print for the test programs and the samples.

    .venv/bin/python tests/record.py            records everything anew
    .venv/bin/python tests/record.py --check    compares instead; exit 1 and a diff
    .venv/bin/python tests/record.py scalars/   only paths that contain the text

Every program runs from the root of the repository with standard input empty.

tests/programs/**/*.py    output beside it, `foo.py` -> `foo.out`
tests/samples/args.txt    one case a line, `case: sample.py args...`; its output in
                          tests/samples/<case>.out
tests/errors/*.py         the line and the text of its one directive are compared
                          with CPython's; `# error-at-run-time:` ones also have a
                          `foo.out`, what was printed before; text and line hold for
                          the last frame that is in the program itself

Directives in the comments at the top of a program (before its first statement):
`# args: 5 7` the program's arguments; `# rtol=1e-12` a tolerance for the harness;
in tests/errors also `# not-in-cpython: why` where lnpc differs from CPython on
purpose: it is not run here, and its `.out` is written by hand.
"""
import difflib
import os
import platform
import re
import shlex
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
DIRECTIVE = re.compile(r'# (error|error-at-run-time): "(.*)"\s*$')


def header(path):
    """The comments before the first statement, as {directive: text}."""
    found = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            break
        if match := re.match(r"# (args|rtol|not-in-cpython)\s*[:=]\s*(.*)$", line):
            found[match[1]] = match[2]
    return found


def run(path, args=()):
    with tempfile.TemporaryDirectory() as config:
        env = dict(os.environ, MPLBACKEND="Agg", PYTHONHASHSEED="0",
                   OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1",
                   PYTHONDONTWRITEBYTECODE="1")
        env.setdefault("MPLCONFIGDIR", config)
        return subprocess.run(
            [sys.executable, str(path.relative_to(ROOT)), *args],
            cwd=ROOT, env=env, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300)


def run_program(path, out, args):
    """(file that holds the output, the output, complaint or None)"""
    done = run(path, args)
    if done.returncode != 0:
        return out, done.stdout, f"exit {done.returncode}\n{done.stderr}"
    return out, done.stdout, None


def run_error(path):
    directives = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := DIRECTIVE.search(line):
            directives.append((number, match[1], match[2]))
    if len(directives) != 1:
        return None, "", f"{len(directives)} directives, not one"
    if "not-in-cpython" in header(path):
        return None, "", None
    number, kind, text = directives[0]
    done = run(path, shlex.split(header(path).get("args", "")))
    frames = re.findall(r'File "(.*?)", line (\d+)', done.stderr)
    lines = [int(n) for f, n in frames if f.endswith(path.name)]
    last = done.stderr.rstrip("\n").rsplit("\n", 1)[-1]
    complaint = None
    if done.returncode != 1:
        complaint = f"exit {done.returncode}, not 1"
    elif not lines or lines[-1] != number:
        complaint = f"CPython stops in line {lines[-1:]}, not {number}: {last}"
    elif kind == "error" and text.lower() not in last.lower():
        complaint = f"CPython says {last!r}, not {text!r}"
    elif kind == "error-at-run-time" and not last.startswith(text):
        complaint = f"CPython says {last!r}, not {text!r}"
    out = path.with_suffix(".out") if kind == "error-at-run-time" else None
    return out, done.stdout, complaint


def jobs(pool, wanted):
    for path in sorted((TESTS / "programs").rglob("*.py")):
        if wanted in str(path):
            args = shlex.split(header(path).get("args", ""))
            yield path, pool.submit(run_program, path, path.with_suffix(".out"), args)
    for line in (TESTS / "samples" / "args.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            case, command = line.split(":", 1)
            sample, *args = shlex.split(command)
            path = ROOT / "samples" / sample
            if wanted in str(path):
                out = TESTS / "samples" / f"{case}.out"
                yield path, pool.submit(run_program, path, out, args)
    for path in sorted((TESTS / "errors").glob("*.py")):
        if wanted in str(path):
            yield path, pool.submit(run_error, path)


def main():
    check = "--check" in sys.argv[1:]
    wanted = next((a for a in sys.argv[1:] if not a.startswith("-")), "")
    versions = f"python {platform.python_version()}\nnumpy {numpy.__version__}\n"
    n_bad = n_done = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, job in list(jobs(pool, wanted)):
            out, text, complaint = job.result()
            n_done += 1
            if complaint is None and out is not None:
                if not check:
                    out.write_text(text)
                else:
                    old = out.read_text() if out.exists() else ""
                    diff = difflib.unified_diff(
                        old.splitlines(), text.splitlines(),
                        str(out.relative_to(ROOT)), "now", lineterm="")
                    complaint = "\n".join(diff) or None
            if complaint is not None:
                n_bad += 1
                print(f"{path.relative_to(ROOT)}: {complaint}")
    recorded = TESTS / "programs" / "RECORDED"
    if not check:
        recorded.write_text(versions)
    elif recorded.read_text() != versions:
        print(f"recorded with\n{recorded.read_text()}this is\n{versions}", end="")
    print(f"{n_done} run, {n_bad} bad")
    return 1 if n_bad else 0


if __name__ == "__main__":
    sys.exit(main())
