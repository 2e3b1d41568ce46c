//! Exceptions on their way out, and texts that live until the next call.

use crate::interpreter;
use lnp_abi::provider::python::{PyFault, PyText};
use pyo3::prelude::{PyAnyMethods, PyErr, PyResult, Python};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A recorded exception: `describe`'s answer.
type Fault = (i64, String, String, String, String, i64);

static LAST: Mutex<Option<Fault>> = Mutex::new(None);
/// Texts handed out by the last call.
static TEXTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a text for the caller to read.
pub fn lend(text: String) -> PyText {
    let mut texts = lock(&TEXTS);
    texts.push(text);
    let text = &texts[texts.len() - 1];
    PyText {
        ptr: text.as_ptr(),
        len: text.len() as u64,
    }
}

/// Runs a call's body under the GIL: 0, or 1 with the exception recorded. No panic passes.
pub fn call(body: impl FnOnce(Python) -> PyResult<()>) -> i32 {
    lock(&TEXTS).clear();
    let guarded = AssertUnwindSafe(|| {
        Python::attach(|py| match body(py) {
            Ok(()) => 0,
            Err(error) => {
                record(py, error);
                1
            }
        })
    });
    catch_unwind(guarded).unwrap_or_else(|_| {
        record_text("RuntimeError", "the Python provider failed");
        1
    })
}

/// As [`call`], for bodies that give an object and cannot fail but for want of memory.
pub fn object(body: impl FnOnce(Python) -> *mut pyo3::ffi::PyObject) -> *mut std::ffi::c_void {
    let guarded = AssertUnwindSafe(|| Python::attach(body));
    catch_unwind(guarded).unwrap_or(std::ptr::null_mut()).cast()
}

/// Records an exception that is not one of Python's.
pub fn record_text(class: &str, message: &str) {
    *lock(&LAST) = Some((
        -1,
        class.to_owned(),
        message.to_owned(),
        String::new(),
        String::new(),
        0,
    ));
}

fn record(py: Python, error: PyErr) {
    let class = error.get_type(py).to_string();
    // Not `value`, which leaves the traceback out before Python 3.12.
    let value = error.into_value(py);
    let described = interpreter::support(py, "describe")
        .and_then(|describe| describe.call1((value,)))
        .and_then(|answer| answer.extract::<Fault>());
    match described {
        Ok(fault) => *lock(&LAST) = Some(fault),
        // An exception whose description fails: its class is always there.
        Err(_) => record_text(&class, ""),
    }
}

/// Takes the last exception.
///
/// # Safety
/// `out` points to room for one.
pub unsafe extern "C" fn take(out: *mut PyFault) {
    let fault = lock(&LAST).take().unwrap_or((
        -1,
        "RuntimeError".to_owned(),
        String::new(),
        String::new(),
        String::new(),
        0,
    ));
    let (exit, class, message, detail, prelude, unit_line) = fault;
    lock(&TEXTS).clear();
    // Reserved, so that earlier texts stay where they are.
    lock(&TEXTS).reserve(4);
    let fault = PyFault {
        exit,
        class: lend(class),
        message: lend(message),
        detail: lend(detail),
        prelude: lend(prelude),
        unit_line,
    };
    // SAFETY: the caller's promise.
    unsafe { out.write(fault) };
}

/// The text that the runtime passes.
///
/// # Safety
/// `text` is live UTF-8.
pub unsafe fn read<'a>(text: PyText) -> &'a str {
    if text.ptr.is_null() || text.len == 0 {
        return "";
    }
    // SAFETY: the caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(text.ptr, text.len as usize) };
    // Not trusted: a wrong byte must not become undefined behaviour.
    std::str::from_utf8(bytes).unwrap_or("")
}
