//! Running units: compiled once, each run with its inputs as globals.

use crate::fault::call;
use crate::interpreter::{file, namespace, support};
use lnp_abi::PyUnitDesc;
use lnp_abi::provider::python::{PRINTS_AS_EVER, PRINTS_OTHERWISE, PyRef};
use pyo3::ffi;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyResult, Python};
use pyo3::types::{PyDict, PyDictMethods, PyString, PyStringMethods, PyTuple};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

const EXPRESSION: u64 = 0;
const STATEMENTS: u64 = 1;

/// A unit made ready.
struct Unit {
    code: Py<PyAny>,
    inputs: Vec<Py<PyString>>,
    outputs: Vec<Py<PyString>>,
}

/// Units by the address of their descriptor, which is static data of the program.
static UNITS: Mutex<Option<HashMap<usize, Arc<Unit>>>> = Mutex::new(None);

/// # Safety
/// `desc` is static; `inputs` holds as many objects as it says; `out` has room for one.
pub unsafe extern "C" fn run(desc: *const PyUnitDesc, inputs: *const PyRef, out: *mut PyRef) -> i32 {
    let mut options: Option<bool> = None;
    let status = call(|py| {
        // SAFETY: the caller's promise.
        let desc = unsafe { &*desc };
        // SAFETY: the caller's promise.
        let values = match desc.n_inputs {
            0 => &[],
            // SAFETY: the caller's promise.
            n => unsafe { std::slice::from_raw_parts(inputs, n as usize) },
        };
        let result = run_unit(py, desc, values);
        support(py, "flush")?.call0()?;
        options = support(py, "changed_print_options")?.call0()?.extract()?;
        // SAFETY: the caller's promise.
        unsafe { out.write(result?.into_ptr().cast()) };
        Ok(())
    });
    status
        | match options {
            Some(true) => PRINTS_OTHERWISE,
            Some(false) => PRINTS_AS_EVER,
            None => 0,
        }
}

fn run_unit<'py>(py: Python<'py>, desc: &PyUnitDesc, values: &[PyRef]) -> PyResult<Bound<'py, PyAny>> {
    let globals = namespace(py)?;
    let key = std::ptr::from_ref(desc) as usize;
    let known = units(|units| units.get(&key).cloned());
    let first = known.is_none();
    if !first && desc.kind != EXPRESSION && desc.kind != STATEMENTS {
        return Ok(py.None().into_bound(py));
    }
    let unit = match known {
        Some(unit) => unit,
        None => {
            // SAFETY: static data of the program, as its lengths say.
            let unit = Arc::new(unsafe { make(py, desc) }?);
            units(|units| units.insert(key, unit.clone()));
            unit
        }
    };
    for (name, &value) in unit.inputs.iter().zip(values) {
        if value.is_null() {
            // A variable without a value: reading it must raise.
            let _ = globals.del_item(name.bind(py));
            continue;
        }
        // SAFETY: a live object, borrowed for the call.
        let value = unsafe { Bound::from_borrowed_ptr(py, value.cast()) };
        globals.set_item(name.bind(py), value)?;
    }
    // SAFETY: code and a dictionary, under the GIL.
    let result = unsafe { ffi::PyEval_EvalCode(unit.code.as_ptr(), globals.as_ptr(), globals.as_ptr()) };
    // SAFETY: a new reference, or null with an exception set.
    let result = unsafe { Bound::from_owned_ptr_or_err(py, result) }?;
    let result = if desc.kind == STATEMENTS {
        outputs(py, &globals, &unit)
    } else {
        Ok(result)
    };
    drop_operands(&globals, &unit, values);
    result
}

fn units<R>(f: impl FnOnce(&mut HashMap<usize, Arc<Unit>>) -> R) -> R {
    // Not held while Python runs: a unit may run another one's destructors.
    f(UNITS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .get_or_insert_default())
}

/// # Safety
/// The descriptor's pointers and lengths agree.
unsafe fn make(py: Python, desc: &PyUnitDesc) -> PyResult<Unit> {
    // SAFETY: the caller's promise.
    let source = unsafe { std::slice::from_raw_parts(desc.source, desc.source_len as usize) };
    let source = String::from_utf8_lossy(source);
    let line = desc.line as i64;
    let code = support(py, "compile_unit")?.call1((&*source, file(), line, desc.kind == EXPRESSION))?;
    Ok(Unit {
        code: code.unbind(),
        // SAFETY: the caller's promise.
        inputs: unsafe { names(py, desc.inputs, desc.n_inputs) }?,
        // SAFETY: the caller's promise.
        outputs: unsafe { names(py, desc.outputs, desc.n_outputs) }?,
    })
}

/// # Safety
/// `at` points to `n` NUL-terminated names one after the other.
unsafe fn names(py: Python, at: *const u8, n: u64) -> PyResult<Vec<Py<PyString>>> {
    let mut at = at.cast::<std::ffi::c_char>();
    let mut names = Vec::new();
    for _ in 0..n {
        // SAFETY: the caller's promise.
        let name = unsafe { std::ffi::CStr::from_ptr(at) };
        // SAFETY: the next name starts behind the terminator.
        at = unsafe { at.add(name.to_bytes_with_nul().len()) };
        names.push(PyString::intern(py, &name.to_string_lossy()).unbind());
    }
    Ok(names)
}

/// Takes the compiler's own operands (`_a`, `_a0`, `_k_axis`) out of the namespace again: an array
/// that stayed there would be pinned in memory.
fn drop_operands(globals: &Bound<PyDict>, unit: &Unit, values: &[PyRef]) {
    for (name, &value) in unit.inputs.iter().zip(values) {
        let name = name.bind(globals.py());
        let is_ours = name.to_str().is_ok_and(is_operand);
        let same = |bound: Bound<PyAny>| bound.as_ptr().cast() == value;
        if is_ours && globals.get_item(name).is_ok_and(|bound| bound.is_some_and(same)) {
            // Gone already is as good.
            let _ = globals.del_item(name);
        }
    }
}

fn is_operand(name: &str) -> bool {
    let Some(rest) = name.strip_prefix('_') else {
        return false;
    };
    let mut chars = rest.chars();
    rest.starts_with("k_")
        || (chars.next().is_some_and(|c| c.is_ascii_lowercase()) && chars.all(|c| c.is_ascii_digit()))
}

fn outputs<'py>(py: Python<'py>, globals: &Bound<'py, PyDict>, unit: &Unit) -> PyResult<Bound<'py, PyAny>> {
    let mut values = Vec::with_capacity(unit.outputs.len());
    for name in &unit.outputs {
        let name = name.bind(py);
        values.push(match globals.get_item(name)? {
            Some(value) => value,
            None => support(py, "Unbound")?.call1((name,))?,
        });
    }
    Ok(PyTuple::new(py, values)?.into_any())
}
