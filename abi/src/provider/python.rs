//! The python provider's table: CPython as the runtime needs it.
//!
//! Objects are `PyObject` pointers, each result owned by the caller (`decref` gives it up).
//! Functions that may raise return 0, or 1 and leave the exception for [`PythonTable::fault`];
//! their out-parameters are then untouched. Texts that come out are valid until the next call.
//! Calls are made by the host thread only; the provider takes and leaves the GIL by itself.

use crate::{MAX_NDIM, PyUnitDesc};
use std::ffi::c_void;

/// An object of CPython's; null is none.
pub type PyRef = *mut c_void;

/// Bytes of UTF-8.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyText {
    pub ptr: *const u8,
    pub len: u64,
}

/// What the interpreter is started with.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyStart {
    /// The user's file, as given to `lnpc`, and its text: for tracebacks.
    pub file: PyText,
    pub source: PyText,
    /// `sys.argv`.
    pub args: *const PyText,
    pub n_args: u64,
}

/// Memory of an array, both ways.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyArray {
    /// The first element.
    pub data: *mut u8,
    pub dtype: u8,
    pub ndim: u8,
    pub shape: [i64; MAX_NDIM],
    /// Bytes.
    pub strides: [i64; MAX_NDIM],
    /// Out of Python: the `export` number of the runtime's array whose memory this is, or 0.
    pub export: u64,
    /// Out of Python, where `export` is 0: the object that owns the memory (a new reference),
    pub owner: PyRef,
    /// the memory that the owner holds as a whole, without gaps,
    pub owner_data: *mut u8,
    pub owner_bytes: u64,
    /// and its element type, or 255 where the compiler has none.
    pub owner_dtype: u8,
}

/// An exception.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PyFault {
    /// `SystemExit`: the exit code; else -1.
    pub exit: i64,
    /// The last line's two parts: class and message.
    pub class: PyText,
    pub message: PyText,
    /// Formatted frames below the unit's own.
    pub detail: PyText,
    /// Reports of the exceptions that this one came of.
    pub prelude: PyText,
    /// The line of the unit that raised, or 0.
    pub unit_line: i64,
}

/// How [`PythonTable::to_text`] makes text of an object.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyTextKind {
    /// The object is a `str`; else `TypeError`.
    Exact = 0,
    Str = 1,
    Repr = 2,
}

/// A unit has changed NumPy's print options, and they are not the default ones.
pub const PRINTS_OTHERWISE: i32 = 2;
/// A unit has changed NumPy's print options back to the default ones.
pub const PRINTS_AS_EVER: i32 = 4;

/// What [`PythonTable::first_change`] says of a list that holds the same.
pub const UNCHANGED: u64 = u64::MAX;

#[repr(C)]
pub struct PythonTable {
    pub version: u64,
    /// Starts the interpreter. 1: it cannot be started, with the reason in `fault`.
    pub start: unsafe extern "C" fn(*const PyStart) -> i32,
    /// Runs exit handlers and flushes Python's streams.
    pub stop: unsafe extern "C" fn(),
    /// Takes the last exception.
    pub fault: unsafe extern "C" fn(*mut PyFault),
    /// Runs a unit with its inputs (borrowed). The result also says where NumPy's print options
    /// stand: [`PRINTS_OTHERWISE`] or [`PRINTS_AS_EVER`] are added after a change.
    pub run: unsafe extern "C" fn(*const PyUnitDesc, inputs: *const PyRef, out: *mut PyRef) -> i32,
    pub incref: unsafe extern "C" fn(PyRef),
    pub decref: unsafe extern "C" fn(PyRef),

    pub none: unsafe extern "C" fn() -> PyRef,
    pub from_i64: unsafe extern "C" fn(i64) -> PyRef,
    pub from_bool: unsafe extern "C" fn(u8) -> PyRef,
    pub from_f64: unsafe extern "C" fn(f64) -> PyRef,
    pub from_c128: unsafe extern "C" fn(f64, f64) -> PyRef,
    pub from_str: unsafe extern "C" fn(PyText) -> PyRef,
    /// NumPy scalar of a dtype from its bytes.
    pub from_numpy: unsafe extern "C" fn(dtype: u8, bytes: *const u8, out: *mut PyRef) -> i32,
    /// A NumPy array over the runtime's memory. When it is gone, `released(export)` is called,
    /// on any thread.
    pub from_array: unsafe extern "C" fn(
        array: *const PyArray,
        export: u64,
        released: unsafe extern "C" fn(u64),
        out: *mut PyRef,
    ) -> i32,
    /// Tuple or list of items, whose references are taken over.
    pub from_items: unsafe extern "C" fn(tuple: u8, items: *const PyRef, n: u64, out: *mut PyRef) -> i32,
    /// A `numpy.random.Generator` over PCG64: state and increment (low half first), then 1 and
    /// the spare 32 bits, or 0 and 0.
    pub from_rng: unsafe extern "C" fn(state: *const [u64; 6], out: *mut PyRef) -> i32,

    pub to_i64: unsafe extern "C" fn(PyRef, *mut i64) -> i32,
    pub to_f64: unsafe extern "C" fn(PyRef, *mut f64) -> i32,
    pub to_bool: unsafe extern "C" fn(PyRef, *mut u8) -> i32,
    pub to_c128: unsafe extern "C" fn(PyRef, *mut [f64; 2]) -> i32,
    /// `kind`: a [`PyTextKind`].
    pub to_text: unsafe extern "C" fn(PyRef, kind: u8, out: *mut PyText) -> i32,
    /// `format(object, spec)`.
    pub format: unsafe extern "C" fn(PyRef, spec: PyText, out: *mut PyText) -> i32,
    pub equal: unsafe extern "C" fn(PyRef, PyRef, out: *mut u8) -> i32,
    /// An array of exactly this dtype and number of dimensions (255 and 255: of any that the
    /// compiler has); else `TypeError`.
    pub to_array: unsafe extern "C" fn(PyRef, dtype: u8, ndim: u8, out: *mut PyArray) -> i32,
    /// A NumPy scalar's bytes (at least 16 of room), converted as `dtype(object)` would.
    pub to_numpy: unsafe extern "C" fn(PyRef, dtype: u8, out: *mut u8) -> i32,
    pub to_rng: unsafe extern "C" fn(PyRef, out: *mut [u64; 6]) -> i32,
    /// Puts a `Generator` of `from_rng` into this state.
    pub set_rng: unsafe extern "C" fn(PyRef, state: *const [u64; 6]) -> i32,
    /// 1 when someone besides the caller holds the object.
    pub is_shared: unsafe extern "C" fn(PyRef) -> u8,
    /// Length of a tuple (`tuple` not 0) or list; `TypeError` for anything else.
    pub n_items: unsafe extern "C" fn(PyRef, tuple: u8, out: *mut u64) -> i32,
    /// Makes a list hold other items from `first` on, whose references are taken over.
    pub refill: unsafe extern "C" fn(PyRef, first: u64, items: *const PyRef, n: u64) -> i32,
    /// A tuple of a list's items.
    pub items_of: unsafe extern "C" fn(PyRef, out: *mut PyRef) -> i32,
    /// Where a list first differs from the very items of a tuple, or [`UNCHANGED`].
    pub first_change: unsafe extern "C" fn(list: PyRef, tuple: PyRef) -> u64,
    /// Item `k`, in range. An output that its unit left unbound raises `NameError`.
    pub item: unsafe extern "C" fn(PyRef, k: u64, out: *mut PyRef) -> i32,
    /// What the object is, as one letter of the signatures' alphabet (`i b f c s N L ( o`).
    pub kind: unsafe extern "C" fn(PyRef) -> u8,
}
