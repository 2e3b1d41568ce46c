//! The core's side of the Python provider: objects, units, values, arrays both ways.
//!
//! The interpreter lives on rank 0 alone. Every rank takes the same steps: rank 0 calls the
//! provider, whether that worked and what came out is broadcast, and an object is a handle
//! that is empty on the other ranks. Arrays go to Python whole and are made equal on all ranks
//! again after each unit, since the unit may have written to them.
//!
//! A Python exception becomes the pending one with everything that its report needs; the
//! [`Raise`] that runs beside it then changes nothing, as the first pending exception stays.

// What each entry's arguments must be is said once, at the head of `lnp_abi`'s table.
#![allow(clippy::missing_safety_doc)]

pub(crate) mod entries;
mod exports;
mod foreign;
mod generators;
mod lists;
mod values;

use crate::array::Array;
use crate::dist;
use crate::error::{self, ExceptionKind, Pending, Raise};
use crate::host::HostCell;
use crate::launch::copy::{Order, materialize};
use crate::objects::{Val, interrupt, process, report};
use crate::text::options;
use lnp_abi::provider::python::{
    PRINTS_AS_EVER, PRINTS_OTHERWISE, PyFault, PyRef, PyStart, PyText, PyTextKind, PythonTable,
};
use lnp_abi::{PyUnitDesc, RefHeader, RefKind};

/// A CPython object as compiled code holds it.
#[repr(C)]
pub struct Object {
    head: RefHeader,
    /// Owned; null on ranks without the interpreter.
    py: PyRef,
}

impl Object {
    fn create(py: PyRef) -> *mut Object {
        Box::into_raw(Box::new(Object {
            head: RefHeader {
                count: 1,
                kind: RefKind::Object,
            },
            py,
        }))
    }
}

/// Frees an object whose last owner is gone.
///
/// # Safety
/// `object` came from this module and nothing refers to it any more.
pub unsafe fn free(object: *mut RefHeader) {
    // SAFETY: made by `Box::into_raw` in `create`.
    let object = unsafe { Box::from_raw(object.cast::<Object>()) };
    decref(object.py);
}

/// The Python object behind a handle.
///
/// # Safety
/// `object` is a live handle or null.
unsafe fn py_of(object: *const Object) -> PyRef {
    if object.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: the caller's promise.
    unsafe { (*object).py }
}

#[derive(Clone, Copy)]
enum State {
    Unopened,
    /// Running; the table on rank 0 only.
    Running(Option<&'static PythonTable>),
}

static STATE: HostCell<State> = HostCell::new(State::Unopened);

/// The provider where this rank has it running.
fn table() -> Option<&'static PythonTable> {
    match *STATE.get() {
        State::Running(table) => table,
        State::Unopened => None,
    }
}

fn decref(py: PyRef) {
    if let Some(table) = table()
        && !py.is_null()
    {
        // SAFETY: the caller gives up a reference that it owns.
        unsafe { (table.decref)(py) };
    }
}

/// Starts the interpreter at the first need. Collective.
fn start() -> Result<(), Raise> {
    if matches!(STATE.get(), State::Running(_)) {
        return Ok(());
    }
    let mut table = None;
    let message = process::from_root(|| match open() {
        Ok(opened) => {
            table = Some(opened);
            Vec::new()
        }
        Err(message) => message.into_bytes(),
    });
    if !message.is_empty() {
        let text = String::from_utf8_lossy(&message).into_owned();
        return Err(Raise::new(ExceptionKind::RuntimeError, text));
    }
    *STATE.get() = State::Running(table);
    Ok(())
}

fn open() -> Result<&'static PythonTable, String> {
    use libloading::os::unix::{RTLD_GLOBAL, RTLD_NOW};
    // Global: Python's extension modules look up libpython's symbols without linking it.
    // SAFETY: the table of this provider.
    let table: &'static PythonTable = unsafe { crate::provider::open_with("lnp_python", RTLD_NOW | RTLD_GLOBAL) }?;
    let text = |text: &str| PyText {
        ptr: text.as_ptr(),
        len: text.len() as u64,
    };
    let args: Vec<PyText> = process::args().iter().map(|arg| text(arg)).collect();
    let program = process::program();
    let start = PyStart {
        file: text(program.map_or("<program>", report::program_file)),
        source: text(program.map_or("", report::program_source)),
        args: args.as_ptr(),
        n_args: args.len() as u64,
    };
    // SAFETY: everything it points to lives during the call.
    if unsafe { (table.start)(&start) } != 0 {
        let fault = take_fault(table);
        return Err(match &*fault.class {
            "RuntimeError" => fault.message,
            class => format!("cannot start Python: {class}: {}", fault.message),
        });
    }
    interrupt::interpreter_started();
    Ok(table)
}

/// Runs the whole program in CPython, from its start: compiled code met what it was not
/// compiled for. What was printed already is not printed again. Collective. An exception of
/// the program is pending afterwards.
pub fn restart(reason: &Pending) {
    if crate::objects::output::shows() {
        let line = reason.frames.first().map_or(0, |frame| frame.line);
        let file = process::program().map_or("<program>", report::program_file);
        crate::objects::output::write_stderr(&format!(
            "{file}:{line}: warning: {}; the program starts again in CPython\n",
            reason.message
        ));
    }
    options::reset();
    *PRINTS.get() = false;
    if let Some(table) = table() {
        run_text(table, options::RESET);
    }
    let read: String = crate::objects::output::input_so_far()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let source = format!("__lnp_restart__({}, '{read}')\n", crate::objects::output::n_written());
    let unit = statements(&source, 1);
    // SAFETY: the descriptor outlives the call; the unit takes no inputs.
    let result = ask_object(|table, out| interrupt::in_python(|| unsafe { (table.run)(&unit, std::ptr::null(), out) }));
    match result {
        Ok(py) => decref(py),
        Err(error) => error::raise(error),
    }
}

/// Ends the interpreter's run: exit handlers, flushed streams.
pub fn stop() {
    if let Some(table) = table() {
        // SAFETY: running; the last call but for releases.
        unsafe { (table.stop)() };
    }
}

fn copied(text: PyText) -> String {
    if text.ptr.is_null() || text.len == 0 {
        return String::new();
    }
    // SAFETY: the provider's text, live until the next call.
    let bytes = unsafe { std::slice::from_raw_parts(text.ptr, text.len as usize) };
    String::from_utf8_lossy(bytes).into_owned()
}

fn take_fault(table: &PythonTable) -> Pending {
    let mut fault = std::mem::MaybeUninit::<PyFault>::uninit();
    // SAFETY: room for one.
    unsafe { (table.fault)(fault.as_mut_ptr()) };
    // SAFETY: the provider always writes one.
    let fault = unsafe { fault.assume_init() };
    Pending {
        class: copied(fault.class),
        message: copied(fault.message),
        detail: copied(fault.detail),
        prelude: copied(fault.prelude),
        exit: (fault.exit >= 0).then_some(fault.exit as i32),
        unit_line: fault.unit_line,
        ..Pending::default()
    }
}

/// Makes the exception that the last call left on rank 0 pending on every rank. Collective.
fn fault() -> Raise {
    let bytes = process::from_root(|| {
        let Some(table) = table() else { return Vec::new() };
        pack(&take_fault(table))
    });
    error::set_pending(unpack(&bytes));
    Raise::new(ExceptionKind::Exception, "")
}

/// A pending exception as bytes: two numbers, then the texts with their lengths.
fn pack(pending: &Pending) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend((pending.exit.map_or(-1, i64::from)).to_le_bytes());
    out.extend(pending.unit_line.to_le_bytes());
    for text in [&pending.class, &pending.message, &pending.detail, &pending.prelude] {
        out.extend((text.len() as u64).to_le_bytes());
        out.extend(text.as_bytes());
    }
    out
}

fn unpack(mut bytes: &[u8]) -> Pending {
    fn number(bytes: &mut &[u8]) -> i64 {
        let Some((head, tail)) = bytes.split_first_chunk::<8>() else {
            return 0;
        };
        *bytes = tail;
        i64::from_le_bytes(*head)
    }
    let exit = number(&mut bytes);
    let unit_line = number(&mut bytes);
    let mut text = || {
        let len = (number(&mut bytes) as usize).min(bytes.len());
        let (head, tail) = bytes.split_at(len);
        bytes = tail;
        String::from_utf8_lossy(head).into_owned()
    };
    Pending {
        class: text(),
        message: text(),
        detail: text(),
        prelude: text(),
        exit: (exit >= 0).then_some(exit as i32),
        unit_line,
        ..Pending::default()
    }
}

/// Runs a call of the provider on rank 0; every rank learns whether it worked. Collective.
fn attempt(call: impl FnOnce(&PythonTable) -> i32) -> Result<(), Raise> {
    start()?;
    lists::refresh()?;
    if let (Some(text), Some(table)) = (options::news(), table()) {
        run_text(table, &text);
    }
    let mut status = table().map_or(0, call);
    share(&mut status);
    if status & PRINTS_OTHERWISE != 0 {
        *PRINTS.get() = true;
    } else if status & PRINTS_AS_EVER != 0 {
        *PRINTS.get() = false;
        options::reset();
    }
    if status & 1 == 0 { Ok(()) } else { Err(fault()) }
}

/// NumPy prints arrays and scalars itself: its print options were changed in CPython.
static PRINTS: HostCell<bool> = HostCell::new(false);

/// The text of an array or a NumPy scalar, where CPython has changed NumPy's print options.
/// Collective.
pub fn numpy_text(value: &Val, kind: PyTextKind) -> Option<Result<String, Raise>> {
    PRINTS.get().then(|| {
        let copy;
        let object = match value {
            // A copy: memory that Python sees is bound to it.
            Val::Array(array) => {
                // SAFETY: compiled code and lists hold live arrays.
                copy = materialize(unsafe { Array::borrow(*array) }, Order::K)?;
                exports::to_python(copy.header())?
            }
            value => values::to_python(value)?,
        };
        // SAFETY: a live object and room for the result.
        let text = ask_text(|table, out| unsafe { (table.to_text)(object, kind as u8, out) });
        decref(object);
        exports::collect();
        text
    })
}

/// A unit of statements that take nothing and give nothing.
fn statements(source: &str, line: u64) -> PyUnitDesc {
    PyUnitDesc {
        source: source.as_ptr(),
        source_len: source.len() as u64,
        kind: 1,
        inputs: std::ptr::null(),
        n_inputs: 0,
        outputs: std::ptr::null(),
        n_outputs: 0,
        line,
    }
}

/// Runs statements that raise nothing on this rank.
fn run_text(table: &PythonTable, source: &str) {
    // The provider keeps units by the address of their descriptor.
    let unit: &'static PyUnitDesc = Box::leak(Box::new(statements(source, 0)));
    let mut result: PyRef = std::ptr::null_mut();
    // SAFETY: the text outlives the call, which compiles it; room for the result.
    if unsafe { (table.run)(unit, std::ptr::null(), &raw mut result) } & 1 == 0 {
        decref(result);
    }
}

/// Makes a plain value equal to rank 0's. Collective.
fn share<T: Copy>(value: &mut T) {
    if dist::is_world() {
        dist::broadcast_memory(std::ptr::from_mut(value).cast(), size_of::<T>());
    }
}

/// A plain result of a call. Collective.
fn ask<T: Copy>(mut value: T, call: impl FnOnce(&PythonTable, *mut T) -> i32) -> Result<T, Raise> {
    let out = &raw mut value;
    attempt(|table| call(table, out))?;
    share(&mut value);
    Ok(value)
}

/// An object that a call gives: owned, null on the other ranks. Collective.
fn ask_object(call: impl FnOnce(&PythonTable, *mut PyRef) -> i32) -> Result<PyRef, Raise> {
    let mut object: PyRef = std::ptr::null_mut();
    let out = &raw mut object;
    attempt(|table| call(table, out))?;
    Ok(object)
}

/// A text that a call gives. Collective.
fn ask_text(call: impl FnOnce(&PythonTable, *mut PyText) -> i32) -> Result<String, Raise> {
    let mut text = PyText {
        ptr: std::ptr::null(),
        len: 0,
    };
    let out = &raw mut text;
    attempt(|table| call(table, out))?;
    let bytes = process::from_root(|| copied(text).into_bytes());
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn text_of(object: *mut RefHeader, kind: PyTextKind) -> Result<String, Raise> {
    // SAFETY: lists, unions and compiled code hold live objects.
    let py = unsafe { py_of(object.cast()) };
    // SAFETY: a live object and room for the result.
    ask_text(|table, out| unsafe { (table.to_text)(py, kind as u8, out) })
}

/// `str(object)`. Collective, as all that follow.
pub fn str(object: *mut RefHeader) -> Result<String, Raise> {
    text_of(object, PyTextKind::Str)
}

/// `repr(object)`.
pub fn repr(object: *mut RefHeader) -> Result<String, Raise> {
    text_of(object, PyTextKind::Repr)
}

/// `format(object, spec)`.
pub fn format(object: *mut RefHeader, spec: &str) -> Result<String, Raise> {
    // SAFETY: as above.
    let py = unsafe { py_of(object.cast()) };
    let spec = PyText {
        ptr: spec.as_ptr(),
        len: spec.len() as u64,
    };
    // SAFETY: a live object, live text and room for the result.
    ask_text(|table, out| unsafe { (table.format)(py, spec, out) })
}

/// `a == b`.
pub fn equal(a: *mut RefHeader, b: *mut RefHeader) -> Result<bool, Raise> {
    // SAFETY: as above.
    let (a, b) = unsafe { (py_of(a.cast()), py_of(b.cast())) };
    // SAFETY: live objects and room for the result.
    Ok(ask(0u8, |table, out| unsafe { (table.equal)(a, b, out) })? != 0)
}

/// `a == b` of an object and a value of compiled code.
pub fn equal_to(a: *mut RefHeader, b: &Val) -> Result<bool, Raise> {
    // SAFETY: as above.
    let a = unsafe { py_of(a.cast()) };
    let b = values::to_python(b)?;
    // SAFETY: live objects and room for the result.
    let equal = ask(0u8, |table, out| unsafe { (table.equal)(a, b, out) });
    decref(b);
    Ok(equal? != 0)
}

#[cfg(test)]
mod tests;
