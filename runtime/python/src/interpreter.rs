//! Starting and stopping CPython.
//!
//! It is started as the Python that this provider was built for (or `LNP_PYTHON`), so that
//! `site` finds that one's packages, a virtual environment's included. Signals stay the
//! program's own.

use crate::fault::{self, call, record_text};
use lnp_abi::provider::python::{PyRef, PyStart, PyText};
use pyo3::ffi;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyResult, Python};
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyModule, PyModuleMethods};
use std::ffi::{CStr, CString, c_char};
use std::sync::OnceLock;

static SUPPORT: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
static NAMESPACE: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
static FILE: OnceLock<String> = OnceLock::new();

/// The user's file, as given.
pub fn file() -> &'static str {
    FILE.get().map_or("<program>", String::as_str)
}

/// A function of `support.py`.
pub fn support<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let module = SUPPORT.get_or_try_init(py, || -> PyResult<Py<PyModule>> {
        let code = CString::new(include_str!("support.py"))?;
        Ok(PyModule::from_code(py, &code, c"<lnpc>", c"_lnpc_support")?.unbind())
    })?;
    module.bind(py).getattr(name)
}

/// The namespace that all units share: `__main__`'s.
pub fn namespace(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    match NAMESPACE.get(py) {
        Some(namespace) => Ok(namespace.bind(py).clone()),
        None => Ok(py.import("__main__")?.dict()),
    }
}

/// # Safety
/// `start` and what it points to are live during the call.
pub unsafe extern "C" fn start(start: *const PyStart) -> i32 {
    // SAFETY: the caller's promise.
    let start = unsafe { &*start };
    let args: Vec<CString> = (0..start.n_args as usize)
        .map(|k| {
            // SAFETY: as many arguments as the count says.
            let text: PyText = unsafe { *start.args.add(k) };
            // SAFETY: live text.
            CString::new(unsafe { fault::read(text) }).unwrap_or_default()
        })
        .collect();
    if let Err(message) = initialize(&args) {
        record_text("RuntimeError", &format!("cannot start Python: {message}"));
        return 1;
    }
    // SAFETY: live texts.
    let (file, source) = unsafe { (fault::read(start.file), fault::read(start.source)) };
    let _ = FILE.set(file.to_owned());
    call(|py| {
        let namespace = support(py, "prepare")?.call1((file, source))?;
        let _ = NAMESPACE.set(py, namespace.cast_into::<PyDict>()?.unbind());
        Ok(())
    })
}

fn initialize(args: &[CString]) -> Result<(), String> {
    // SAFETY: asks a flag; allowed before initialization.
    if unsafe { ffi::Py_IsInitialized() } != 0 {
        return Ok(());
    }
    let mut config = std::mem::MaybeUninit::<ffi::PyConfig>::uninit();
    // SAFETY: initializes the structure.
    unsafe { ffi::PyConfig_InitPythonConfig(config.as_mut_ptr()) };
    // SAFETY: initialized by the line above.
    let config = unsafe { config.assume_init_mut() };
    config.parse_argv = 0;
    config.install_signal_handlers = 0;
    let result = configure(config, args);
    // SAFETY: frees what the configuration holds.
    unsafe { ffi::PyConfig_Clear(config) };
    result?;
    // The host thread computes natively most of the time: other Python threads may run then.
    // SAFETY: this thread holds the GIL since the initialization.
    unsafe { ffi::PyEval_SaveThread() };
    Ok(())
}

fn configure(config: &mut ffi::PyConfig, args: &[CString]) -> Result<(), String> {
    let mut pointers: Vec<*const c_char> = args.iter().map(|arg| arg.as_ptr()).collect();
    // SAFETY: as many pointers to C strings as the count says.
    check(unsafe { ffi::PyConfig_SetBytesArgv(config, pointers.len() as isize, pointers.as_mut_ptr()) })?;
    let demanded = std::env::var("LNP_PYTHON").ok().filter(|python| !python.is_empty());
    let exists = |python: &str| std::path::Path::new(python).exists();
    if let Some(python) = demanded.as_deref().filter(|python| !exists(python)) {
        return Err(format!("LNP_PYTHON names no file: {python}"));
    }
    let python = demanded.unwrap_or_else(|| env!("LNP_BUILT_FOR").to_owned());
    // Where it is no longer there, Python looks for itself.
    if exists(&python) {
        let python = CString::new(python).unwrap_or_default();
        let executable = &raw mut config.executable;
        // SAFETY: the field belongs to the configuration; the text is a C string.
        check(unsafe { ffi::PyConfig_SetBytesString(config, executable, python.as_ptr()) })?;
        let name = &raw mut config.program_name;
        // SAFETY: as above.
        check(unsafe { ffi::PyConfig_SetBytesString(config, name, python.as_ptr()) })?;
    }
    // SAFETY: a complete configuration, before any other use of Python.
    check(unsafe { ffi::Py_InitializeFromConfig(config) })
}

fn check(status: ffi::PyStatus) -> Result<(), String> {
    let message = status.err_msg;
    // SAFETY: only looks at the status.
    if unsafe { ffi::PyStatus_Exception(status) } == 0 {
        return Ok(());
    }
    if message.is_null() {
        return Err("its configuration failed".to_owned());
    }
    // SAFETY: Python's messages are C strings.
    Err(unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned())
}

/// # Safety
/// Called once, after [`start`].
pub unsafe extern "C" fn stop() {
    // An exit handler that fails has shown its own traceback.
    call(|py| support(py, "stop")?.call0().map(drop));
}

/// # Safety
/// A live object.
pub unsafe extern "C" fn incref(object: PyRef) {
    // SAFETY: a live object, under the GIL.
    Python::attach(|_| unsafe { ffi::Py_XINCREF(object.cast()) });
}

/// # Safety
/// A live object of which the caller owns a reference.
pub unsafe extern "C" fn decref(object: PyRef) {
    // SAFETY: a live object, under the GIL.
    Python::attach(|_| unsafe { ffi::Py_XDECREF(object.cast()) });
}
