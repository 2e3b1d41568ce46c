"""Arrays between NumPy and the runtime. Runs at the first array that crosses."""
import numpy as np

DTYPES = [np.dtype(name) for name in ("bool", "int32", "int64", "float32", "float64", "complex128")]
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}
LETTERS = {dtype.type: letter for dtype, letter in zip(DTYPES, "?hledC")}


def wrap(holder):
    """The array over memory that `holder` describes; its base is the holder."""
    return np.asarray(holder)


def scalar(code, data):
    return np.frombuffer(data, dtype=DTYPES[code])[0]


def scalar_bytes(code, value):
    return DTYPES[code].type(value).tobytes()


def letter(value):
    if isinstance(value, np.ndarray):
        return "a"
    return LETTERS.get(type(value), "o")


def plural(n, noun):
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def owner_of(array):
    while isinstance(array.base, np.ndarray):
        array = array.base
    return array


def look(value, code, ndim, holder_type):
    """Where an array's elements are, and who owns them."""
    if isinstance(value, np.generic):
        value = np.asarray(value)
    if code == 255 and isinstance(value, np.ndarray):
        code, ndim = CODES.get(value.dtype, 4), value.ndim
    dtype = DTYPES[code]
    if type(value) not in (np.ndarray, np.memmap):
        raise TypeError(
            f"expected an array of {dtype} with {plural(ndim, 'dimension')}, "
            f"got an object of type {type(value).__qualname__!r}"
        )
    if value.dtype != dtype and value.dtype.newbyteorder("=") == dtype:
        value = value.astype(dtype)
    if value.dtype != dtype or value.ndim != ndim:
        raise TypeError(
            f"expected an array of {dtype} with {plural(ndim, 'dimension')}, "
            f"got one of {value.dtype} with {plural(value.ndim, 'dimension')}"
        )
    if not value.flags.aligned or value.size and any(stride % dtype.alignment for stride in value.strides):
        value = value.copy()
    owner = owner_of(value)
    if type(owner.base) is holder_type and CODES.get(owner.dtype) == code:
        address = value.__array_interface__["data"][0]
        return code, owner.base.export, address, value.shape, value.strides, None, 0, 0, 255
    if not value.flags.writeable:
        value = value.copy()
        owner = value
    address = value.__array_interface__["data"][0]
    whole = owner.flags.forc and owner.dtype.isnative and owner.flags.aligned
    return (
        code,
        0,
        address,
        value.shape,
        value.strides,
        owner,
        owner.__array_interface__["data"][0],
        owner.nbytes if whole else 0,
        CODES.get(owner.dtype, 255),
    )


MASK = (1 << 64) - 1


def generator(state_low, state_high, increment_low, increment_high, has_spare, spare):
    rng = np.random.Generator(np.random.PCG64())
    set_generator(rng, (state_low, state_high, increment_low, increment_high, has_spare, spare))
    return rng


def set_generator(rng, words):
    rng.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": words[1] << 64 | words[0], "inc": words[3] << 64 | words[2]},
        "has_uint32": words[4],
        "uinteger": words[5],
    }


def generator_state(rng):
    if not isinstance(rng, np.random.Generator) or type(rng.bit_generator) is not np.random.PCG64:
        raise TypeError(f"expected a Generator over PCG64, got {type(rng).__qualname__!r}")
    state = rng.bit_generator.state
    words = state["state"]["state"], state["state"]["inc"]
    return (
        words[0] & MASK,
        words[0] >> 64,
        words[1] & MASK,
        words[1] >> 64,
        state["has_uint32"],
        state["uinteger"],
    )
