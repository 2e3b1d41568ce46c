//! Arrays, NumPy scalars and generators between the runtime and NumPy.
//!
//! Memory crosses without a copy. Outwards, a [`Memory`] object is the base of the NumPy array
//! and reports when NumPy is done with it. Inwards, the owner of the memory is named, so that
//! the runtime sees two views of one array as such.

use crate::convert::borrow;
use crate::fault::call;
use lnp_abi::provider::python::{PyArray, PyRef};
use lnp_abi::{DType, MAX_NDIM};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::{Bound, Py, PyAny, PyAnyMethods, PyResult, Python, pyclass, pymethods};
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyDictMethods, PyModule, PyTuple, PyType};
use std::ffi::CString;

static ARRAYS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();

/// Memory of the runtime's that NumPy looks at.
#[pyclass(frozen, module = "lnpc")]
struct Memory {
    interface: Py<PyDict>,
    #[pyo3(get)]
    export: u64,
    released: unsafe extern "C" fn(u64),
}

#[pymethods]
impl Memory {
    #[getter]
    fn __array_interface__(&self, py: Python) -> Py<PyDict> {
        self.interface.clone_ref(py)
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: the runtime's function, callable from any thread.
        unsafe { (self.released)(self.export) };
    }
}

/// A function of `arrays.py`, which imports NumPy.
fn support<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let module = ARRAYS.get_or_try_init(py, || -> PyResult<Py<PyModule>> {
        let code = CString::new(include_str!("arrays.py"))?;
        Ok(PyModule::from_code(py, &code, c"<lnpc>", c"_lnpc_arrays")?.unbind())
    })?;
    module.bind(py).getattr(name)
}

/// The signature letter of an array or NumPy scalar. Without NumPy there are none.
pub fn letter(object: &Bound<PyAny>) -> PyResult<u8> {
    let py = object.py();
    if !py.import("sys")?.getattr("modules")?.contains("numpy")? {
        return Ok(b'o');
    }
    let letter: String = support(py, "letter")?.call1((object,))?.extract()?;
    Ok(letter.bytes().next().unwrap_or(b'o'))
}

fn typestr(dtype: u8) -> &'static str {
    match DType::from_code(dtype) {
        Some(DType::Bool) => "|b1",
        Some(DType::I32) => "=i4",
        Some(DType::I64) => "=i8",
        Some(DType::F32) => "=f4",
        Some(DType::F64) | None => "=f8",
        Some(DType::C128) => "=c16",
    }
}

/// # Safety
/// `array` describes memory that stays until `released(export)`; `out` has room for one.
pub unsafe extern "C" fn from_array(
    array: *const PyArray,
    export: u64,
    released: unsafe extern "C" fn(u64),
    out: *mut PyRef,
) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let array = unsafe { &*array };
        let n = array.ndim as usize;
        let interface = PyDict::new(py);
        interface.set_item("version", 3)?;
        interface.set_item(
            "typestr",
            typestr(array.dtype).replace('=', if cfg!(target_endian = "big") { ">" } else { "<" }),
        )?;
        interface.set_item("shape", PyTuple::new(py, &array.shape[..n])?)?;
        interface.set_item("strides", PyTuple::new(py, &array.strides[..n])?)?;
        // An empty array may have no address; NumPy wants one.
        let address = if array.data.is_null() { 16 } else { array.data as usize };
        // Elements that share their place come of `broadcast_to`, which gives no leave to write.
        let mut axes = array.shape[..n].iter().zip(&array.strides[..n]);
        let is_empty = array.shape[..n].contains(&0);
        let is_readonly = !is_empty && axes.any(|(&extent, &stride)| extent > 1 && stride == 0);
        interface.set_item("data", (address, is_readonly))?;
        let memory = Bound::new(
            py,
            Memory {
                interface: interface.unbind(),
                export,
                released,
            },
        )?;
        let result = support(py, "wrap")?.call1((memory,))?;
        // SAFETY: the caller's promise.
        unsafe { out.write(result.into_ptr().cast()) };
        Ok(())
    })
}

/// What `look` in `arrays.py` gives.
type Look<'py> = (u8, u64, usize, Vec<i64>, Vec<i64>, Bound<'py, PyAny>, usize, u64, u8);

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_array(object: PyRef, dtype: u8, ndim: u8, out: *mut PyArray) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let holder = PyType::new::<Memory>(py);
        let look: Look = support(py, "look")?.call1((object, dtype, ndim, holder))?.extract()?;
        let (code, export, address, shape, strides, owner, owner_data, owner_bytes, owner_dtype) = look;
        if shape.len() > MAX_NDIM {
            return Err(PyTypeError::new_err(format!(
                "arrays of {} dimensions stay in Python",
                shape.len()
            )));
        }
        let mut array = PyArray {
            data: address as *mut u8,
            dtype: code,
            ndim: shape.len() as u8,
            shape: [0; MAX_NDIM],
            strides: [0; MAX_NDIM],
            export,
            owner: std::ptr::null_mut(),
            owner_data: owner_data as *mut u8,
            owner_bytes,
            owner_dtype,
        };
        array.shape[..shape.len()].copy_from_slice(&shape);
        array.strides[..strides.len()].copy_from_slice(&strides);
        if export == 0 {
            array.owner = owner.into_ptr().cast();
        }
        // SAFETY: the caller's promise.
        unsafe { out.write(array) };
        Ok(())
    })
}

/// # Safety
/// `bytes` holds an element of the dtype; `out` has room for one.
pub unsafe extern "C" fn from_numpy(dtype: u8, bytes: *const u8, out: *mut PyRef) -> i32 {
    call(|py| {
        let size = DType::from_code(dtype).map_or(8, DType::size);
        // SAFETY: the caller's promise.
        let bytes = unsafe { std::slice::from_raw_parts(bytes, size) };
        let scalar = support(py, "scalar")?.call1((dtype, PyBytes::new(py, bytes)))?;
        // SAFETY: the caller's promise.
        unsafe { out.write(scalar.into_ptr().cast()) };
        Ok(())
    })
}

/// # Safety
/// A live object; `out` has room for 16 bytes.
pub unsafe extern "C" fn to_numpy(object: PyRef, dtype: u8, out: *mut u8) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let bytes: Vec<u8> = support(py, "scalar_bytes")?.call1((dtype, object))?.extract()?;
        // SAFETY: a scalar has at most 16 bytes.
        unsafe { out.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len().min(16)) };
        Ok(())
    })
}

/// # Safety
/// `state` holds six words; `out` has room for one object.
pub unsafe extern "C" fn from_rng(state: *const [u64; 6], out: *mut PyRef) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let state = unsafe { *state };
        let rng = support(py, "generator")?.call1(PyTuple::new(py, state)?)?;
        // SAFETY: the caller's promise.
        unsafe { out.write(rng.into_ptr().cast()) };
        Ok(())
    })
}

/// # Safety
/// A live object, and room for the result.
pub unsafe extern "C" fn to_rng(object: PyRef, out: *mut [u64; 6]) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let object = unsafe { borrow(py, object) };
        let (a, b, c, d, e, f) = support(py, "generator_state")?.call1((object,))?.extract()?;
        // SAFETY: the caller's promise.
        unsafe { out.write([a, b, c, d, e, f]) };
        Ok(())
    })
}

/// # Safety
/// A live object; `state` holds six words.
pub unsafe extern "C" fn set_rng(object: PyRef, state: *const [u64; 6]) -> i32 {
    call(|py| {
        // SAFETY: the caller's promise.
        let (object, state) = unsafe { (borrow(py, object), *state) };
        let state = PyTuple::new(py, state)?;
        support(py, "set_generator")?.call1((object, state))?;
        Ok(())
    })
}
