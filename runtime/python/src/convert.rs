//! Scalars, strings and containers between the runtime and Python.

use crate::arrays;
use crate::fault::{call, lend, object, read};
use crate::interpreter::support;
use lnp_abi::provider::python::{PyRef, PyText, PyTextKind, UNCHANGED};
use pyo3::exceptions::{PyNameError, PyOverflowError, PyTypeError};
use pyo3::ffi;
use pyo3::prelude::{Borrowed, Bound, PyAny, PyAnyMethods, PyErr, PyResult, Python};
use pyo3::types::{PyBool, PyComplex, PyFloat, PyInt, PyList, PyListMethods, PyString, PyStringMethods, PyTuple};
use pyo3::types::{PyTupleMethods, PyTypeMethods};

/// The object that the runtime passes.
///
/// # Safety
/// A live object, for the length of the call.
pub unsafe fn borrow<'py>(py: Python<'py>, object: PyRef) -> Bound<'py, PyAny> {
    // SAFETY: the caller's promise.
    unsafe { Bound::from_borrowed_ptr(py, object.cast()) }
}

fn type_name(object: &Bound<PyAny>) -> String {
    object
        .get_type()
        .qualname()
        .map_or_else(|_| "object".to_owned(), |name| name.to_string())
}

fn expected(what: &str, object: &Bound<PyAny>) -> PyErr {
    PyTypeError::new_err(format!(
        "expected {what}, got an object of type '{}'",
        type_name(object)
    ))
}

pub unsafe extern "C" fn none() -> PyRef {
    object(|py| py.None().into_ptr())
}

pub unsafe extern "C" fn from_i64(x: i64) -> PyRef {
    // SAFETY: under the GIL.
    object(|_| unsafe { ffi::PyLong_FromLongLong(x) })
}

pub unsafe extern "C" fn from_bool(x: u8) -> PyRef {
    // SAFETY: under the GIL.
    object(|_| unsafe { ffi::PyBool_FromLong(x.into()) })
}

pub unsafe extern "C" fn from_f64(x: f64) -> PyRef {
    // SAFETY: under the GIL.
    object(|_| unsafe { ffi::PyFloat_FromDouble(x) })
}

pub unsafe extern "C" fn from_c128(re: f64, im: f64) -> PyRef {
    // SAFETY: under the GIL.
    object(|_| unsafe { ffi::PyComplex_FromDoubles(re, im) })
}

/// # Safety
/// Live text.
pub unsafe extern "C" fn from_str(text: PyText) -> PyRef {
    // SAFETY: the caller's promise.
    let text = unsafe { read(text) };
    object(|py| PyString::new(py, text).into_ptr())
}

/// Takes over the references of `n` items.
///
/// # Safety
/// `n` owned items.
unsafe fn owned(py: Python<'_>, items: *const PyRef, n: u64) -> Vec<Bound<'_, PyAny>> {
    let items = match n {
        0 => &[],
        // SAFETY: the caller's promise.
        n => unsafe { std::slice::from_raw_parts(items, n as usize) },
    };
    // SAFETY: the caller's promise.
    let items = items
        .iter()
        .map(|&item| unsafe { Bound::from_owned_ptr(py, item.cast()) });
    items.collect()
}

/// # Safety
/// `n` owned items, and room for the result.
pub unsafe extern "C" fn from_items(tuple: u8, items: *const PyRef, n: u64, out: *mut PyRef) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let items = unsafe { owned(py, items, n) };
        let result = if tuple != 0 {
            PyTuple::new(py, items)?.into_any()
        } else {
            PyList::new(py, items)?.into_any()
        };
        // SAFETY: the caller's promise.
        unsafe { out.write(result.into_ptr().cast()) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_i64(object: PyRef, out: *mut i64) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        // SAFETY: under the GIL; gives an int or an exception.
        let index = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Index(object.as_ptr())) };
        let index = index.map_err(|_| expected("an int", &object))?;
        let value: i64 = index
            .extract()
            .map_err(|_| PyOverflowError::new_err(lnp_abi::INT_OVERFLOW))?;
        // SAFETY: the caller's promise.
        unsafe { out.write(value) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_f64(object: PyRef, out: *mut f64) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let value: f64 = object.extract().map_err(|_| expected("a float", &object))?;
        // SAFETY: the caller's promise.
        unsafe { out.write(value) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_bool(object: PyRef, out: *mut u8) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let truth = unsafe { borrow(py, object) }.is_truthy()?;
        // SAFETY: the caller's promise.
        unsafe { out.write(truth as u8) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_c128(object: PyRef, out: *mut [f64; 2]) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        // SAFETY: under the GIL.
        let value = unsafe { ffi::PyComplex_AsCComplex(object.as_ptr()) };
        if value.real == -1.0 && PyErr::take(py).is_some() {
            return Err(expected("a complex", &object));
        }
        // SAFETY: the caller's promise.
        unsafe { out.write([value.real, value.imag]) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_text(object: PyRef, kind: u8, out: *mut PyText) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let text = if kind == PyTextKind::Exact as u8 {
            object
                .cast::<PyString>()
                .map_err(|_| expected("a str", &object))?
                .clone()
        } else if kind == PyTextKind::Repr as u8 {
            object.repr()?
        } else {
            object.str()?
        };
        // SAFETY: the caller's promise.
        unsafe { out.write(lend(text.to_str()?.to_owned())) };
        Ok(())
    })
}

/// # Safety
/// A live object and text, and room for the result.
pub unsafe extern "C" fn format(object: PyRef, spec: PyText, out: *mut PyText) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let (object, spec) = unsafe { (borrow(py, object), read(spec)) };
        let text: String = object.call_method1("__format__", (spec,))?.extract()?;
        // SAFETY: the caller's promise.
        unsafe { out.write(lend(text)) };
        Ok(())
    })
}

/// # Safety
/// Live objects, and room for the result.
pub unsafe extern "C" fn equal(a: PyRef, b: PyRef, out: *mut u8) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let (a, b) = unsafe { (borrow(py, a), borrow(py, b)) };
        let equal = a.is(&b) || a.eq(b)?;
        // SAFETY: the caller's promise.
        unsafe { out.write(equal as u8) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn n_items(object: PyRef, tuple: u8, out: *mut u64) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let n = if tuple != 0 {
            object
                .cast::<PyTuple>()
                .map_err(|_| expected("a tuple", &object))?
                .len()
        } else {
            object.cast::<PyList>().map_err(|_| expected("a list", &object))?.len()
        };
        // SAFETY: the caller's promise.
        unsafe { out.write(n as u64) };
        Ok(())
    })
}

/// # Safety
/// A live list, and `n` owned items.
pub unsafe extern "C" fn refill(list: PyRef, first: u64, items: *const PyRef, n: u64) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let (list, items) = unsafe { (borrow(py, list), owned(py, items, n)) };
        let list = list.cast::<PyList>().map_err(|_| expected("a list", &list))?;
        list.set_slice(first as usize, list.len(), PyList::new(py, items)?.as_any())
    })
}

/// # Safety
/// A live list, and room for the result.
pub unsafe extern "C" fn items_of(list: PyRef, out: *mut PyRef) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let list = unsafe { borrow(py, list) };
        let list = list.cast::<PyList>().map_err(|_| expected("a list", &list))?;
        // SAFETY: the caller's promise.
        unsafe { out.write(list.to_tuple().into_ptr().cast()) };
        Ok(())
    })
}

/// # Safety
/// A live list and a live tuple.
pub unsafe extern "C" fn first_change(list: PyRef, tuple: PyRef) -> u64 {
    Python::attach(|py| {
        // SAFETY: the caller's promise.
        let (list, tuple) = unsafe { (borrow(py, list), borrow(py, tuple)) };
        let (Ok(list), Ok(tuple)) = (list.cast::<PyList>(), tuple.cast::<PyTuple>()) else {
            return 0;
        };
        let mut pairs = list.iter().zip(tuple.iter());
        let shorter = list.len().min(tuple.len());
        match pairs.position(|(a, b)| !a.is(&b)) {
            Some(first) => first as u64,
            None if list.len() == tuple.len() => UNCHANGED,
            None => shorter as u64,
        }
    })
}

/// # Safety
/// A live tuple or list, and room for the result.
pub unsafe extern "C" fn item(object: PyRef, k: u64, out: *mut PyRef) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let item = match object.cast::<PyTuple>() {
            Ok(tuple) => tuple.get_item(k as usize)?,
            Err(_) => object.get_item(k)?,
        };
        if item.get_type().is(&support(py, "Unbound")?) {
            let name: String = item.getattr("name")?.extract()?;
            return Err(PyNameError::new_err(format!("name '{name}' is not defined")));
        }
        // SAFETY: the caller's promise.
        unsafe { out.write(item.into_ptr().cast()) };
        Ok(())
    })
}

/// # Safety
/// A live object.
pub unsafe extern "C" fn is_shared(object: PyRef) -> u8 {
    // SAFETY: the caller's promise; under the GIL.
    Python::attach(|_| unsafe { ffi::Py_REFCNT(object.cast()) > 1 }).into()
}

/// # Safety
/// A live object.
pub unsafe extern "C" fn kind(object: PyRef) -> u8 {
    Python::attach(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { Borrowed::from_ptr(py, object.cast()) };
        letter(&object).unwrap_or(b'o')
    })
}

fn letter(object: &Bound<PyAny>) -> PyResult<u8> {
    Ok(if object.is_none() {
        b'N'
    } else if object.is_exact_instance_of::<PyBool>() {
        b'b'
    } else if object.is_exact_instance_of::<PyInt>() {
        b'i'
    } else if object.is_exact_instance_of::<PyFloat>() {
        b'f'
    } else if object.is_exact_instance_of::<PyComplex>() {
        b'c'
    } else if object.is_exact_instance_of::<PyString>() {
        b's'
    } else if object.is_exact_instance_of::<PyList>() {
        b'L'
    } else if object.is_exact_instance_of::<PyTuple>() {
        b'('
    } else {
        arrays::letter(object)?
    })
}
