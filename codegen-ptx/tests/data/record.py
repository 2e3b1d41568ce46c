"""Records what NumPy gives for every operation on telling values.

Run with the reference NumPy; writes `numpy.txt` beside this file. A line is
`operation parameter-dtypes result-dtype | a,b=result a,b=result ...`, values as hexadecimal
bits (complex: 32 digits, the real part first).
"""
import itertools
import pathlib
import warnings

import numpy as np

warnings.simplefilter("ignore")
inf, nan = np.inf, np.nan
NAMES = {"bool": "?", "i32": "i4", "i64": "i8", "f32": "f4", "f64": "f8", "c128": "c16"}
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.75, 1e-3, 7.0, -7.25, 123.456, 1e10, inf, -inf, nan]
REALS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.75, 2.5, 1e-5, 30.25, -30.5, 700.0, 1e5, inf, -inf, nan]
INTS = {
    "i32": [0, 1, -1, 2, -2, 3, 7, -7, 100, 2**31 - 1, -(2**31)],
    "i64": [0, 1, -1, 2, -2, 3, 7, -7, 10**12, 2**63 - 1, -(2**63)],
}
COMPLEX = [complex(a, b) for a in (0.0, 1.5, -0.7, 1e200, inf, nan) for b in (0.0, -3.1, 0.3, inf, nan)]


def values(name, floats=FLOATS):
    if name == "bool":
        return np.array([False, True])
    if name in INTS:
        return np.array(INTS[name], NAMES[name])
    if name == "c128":
        return np.array(COMPLEX, "c16")
    return np.array(floats, NAMES[name])


def bits(array):
    array = np.ascontiguousarray(array)
    if array.dtype.kind == "c":
        pairs = array.view("u8").reshape(-1, 2)
        return [f"{a:016x}{b:016x}" for a, b in pairs]
    size = array.dtype.itemsize
    return [f"{int(v):0{2 * size}x}" for v in array.view(f"u{size}")]


lines = []


def record(op, params, result, function, columns):
    """`columns`: one array per parameter, already paired."""
    out = np.asarray(function(*columns)).astype(NAMES[result])
    inputs = zip(*[bits(c) for c in columns])
    cases = [f"{','.join(i)}={o}" for i, o in zip(inputs, bits(out))]
    lines.append(f"{op} {','.join(params)} {result} | {' '.join(cases)}")


def pairs(name, floats=FLOATS):
    v = values(name, floats)
    idx = np.array(list(itertools.product(range(len(v)), repeat=2)))
    return v[idx[:, 0]], v[idx[:, 1]]


NUMBERS = ["i32", "i64", "f32", "f64", "c128"]
ORDERED = ["i32", "i64", "f32", "f64"]
REAL = ["f32", "f64"]
ALL = ["bool", *NUMBERS]
BINARY = [
    ("add", np.add, ALL), ("sub", np.subtract, NUMBERS), ("mul", np.multiply, ALL),
    ("div", np.divide, ["f32", "f64", "c128"]), ("floordiv", np.floor_divide, ORDERED),
    ("mod", np.remainder, ORDERED), ("fmod", np.fmod, ORDERED), ("min", np.minimum, ALL),
    ("max", np.maximum, ALL), ("fmin", np.fmin, ALL), ("fmax", np.fmax, ALL), ("atan2", np.arctan2, REAL),
    ("hypot", np.hypot, REAL), ("copysign", np.copysign, REAL), ("and", np.bitwise_and, ["bool", "i32", "i64"]),
    ("or", np.bitwise_or, ["bool", "i32", "i64"]), ("xor", np.bitwise_xor, ["bool", "i32", "i64"]),
    ("shl", np.left_shift, ["i32", "i64"]), ("shr", np.right_shift, ["i32", "i64"]),
    ("pow", np.power, ["f32", "f64"]),
]
for op, function, dtypes in BINARY:
    for name in dtypes:
        record(op, [name] * 2, name, function, pairs(name, REALS if op == "pow" else FLOATS))
for name in ["i32", "i64"]:
    a, b = pairs(name)
    keep = (b >= 0) & (b < 200)
    record("pow", [name] * 2, name, np.power, (a[keep], b[keep]))
    # NumPy refuses negative exponents; the runtime's answer is the truncated quotient.
    power = lambda a, b: np.where(abs(a) == 1, np.where(b % 2 == 0, 1, a), 0)
    record("pow", [name] * 2, name, power, (a[b < 0], b[b < 0]))
COMPARE = [("lt", np.less), ("le", np.less_equal), ("gt", np.greater), ("ge", np.greater_equal),
           ("eq", np.equal), ("ne", np.not_equal)]
for op, function in COMPARE:
    for name in ALL:
        record(op, [name] * 2, "bool", function, pairs(name))
UNARY = [
    ("neg", np.negative, NUMBERS), ("abs", np.abs, ["bool", *ORDERED]), ("sign", np.sign, NUMBERS),
    ("not", np.invert, ["bool", "i32", "i64"]), ("floor", np.floor, ORDERED), ("ceil", np.ceil, ORDERED),
    ("trunc", np.trunc, ORDERED), ("rint", np.rint, REAL), ("sqrt", np.sqrt, REAL), ("conj", np.conj, ["c128"]),
]
for op, function, dtypes in UNARY:
    for name in dtypes:
        record(op, [name], name, function, [values(name)])
MATH = ["cbrt", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sin", "cos", "tan", "arcsin", "arccos",
        "arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"]
for op in MATH:
    for name in REAL:
        record(op.replace("arc", "a"), [name], name, getattr(np, op), [values(name, REALS)])
for op, function in [("isnan", np.isnan), ("isinf", np.isinf), ("isfinite", np.isfinite)]:
    for name in ALL:
        record(op, [name], "bool", function, [values(name)])
for name in REAL:
    record("signbit", [name], "bool", np.signbit, [values(name)[:-1]])
record("abs", ["c128"], "f64", np.abs, [values("c128")])
record("re", ["c128"], "f64", np.real, [values("c128")])
record("im", ["c128"], "f64", np.imag, [values("c128")])
record("complex", ["f64", "f64"], "c128", lambda a, b: np.stack([a, b], 1).reshape(-1).view("c16"), pairs("f64"))
for a, b in itertools.permutations(ALL, 2):
    record("cast", [a], b, lambda v, t=NAMES[b]: v.astype(t), [values(a)])
for name in ALL:
    a, b = pairs(name)
    choose = np.arange(len(a)) % 3 == 0
    record("select", ["bool", name, name], name, np.where, (choose, a, b))

pathlib.Path(__file__).with_name("numpy.txt").write_text("\n".join(lines) + "\n")
