//! Arrays that Python looks at: numbered, kept alive and pinned until it is done with them.
//!
//! The numbers are the same on every rank. Python may let go of an array at any time, on any
//! of its threads; that is noted, and acted on by all ranks together after the next unit.

use super::{ask_object, table};
use crate::array::Array;
use crate::dist;
use crate::error::Raise;
use crate::host::HostCell;
use crate::objects::{process, release, retain};
use lnp_abi::provider::python::{PyArray, PyRef};
use lnp_abi::{ArrayHeader, MAX_NDIM};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

#[derive(Default)]
struct Exports {
    last: u64,
    arrays: BTreeMap<u64, *mut ArrayHeader>,
}

static EXPORTS: HostCell<Option<Exports>> = HostCell::new(None);

/// Numbers that Python is done with.
static RELEASED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

extern "C" fn released(export: u64) {
    RELEASED.lock().unwrap_or_else(PoisonError::into_inner).push(export);
}

/// A NumPy array over an array's memory. Collective.
pub fn to_python(array: *mut ArrayHeader) -> Result<PyRef, Raise> {
    // SAFETY: compiled code, lists and exports hold live arrays.
    let borrowed = unsafe { Array::borrow(array) };
    super::start()?;
    let exported = borrowed.export()?;
    let mut desc = PyArray {
        data: exported.ptr,
        dtype: exported.dtype as u8,
        ndim: exported.shape.len() as u8,
        shape: [0; MAX_NDIM],
        strides: [0; MAX_NDIM],
        export: 0,
        owner: std::ptr::null_mut(),
        owner_data: std::ptr::null_mut(),
        owner_bytes: 0,
        owner_dtype: u8::MAX,
    };
    desc.ndim = borrowed.ndim() as u8;
    desc.shape[..borrowed.ndim()].copy_from_slice(borrowed.shape());
    desc.strides[..borrowed.ndim()].copy_from_slice(borrowed.strides());
    let exports = EXPORTS.get().get_or_insert_default();
    exports.last += 1;
    let number = exports.last;
    // SAFETY: a live array; the export owns a share until it is released.
    unsafe { retain(array.cast()) };
    exports.arrays.insert(number, array);
    // Where this fails the holder is gone too, and has reported it.
    // SAFETY: the memory is pinned and its array owned until `released`.
    ask_object(|table, out| unsafe { (table.from_array)(&desc, number, released, out) })
}

/// The array behind a number.
pub fn array(number: u64) -> Option<&'static Array> {
    let array = *EXPORTS.get().as_ref()?.arrays.get(&number)?;
    // SAFETY: an export owns a share of its array.
    Some(unsafe { Array::borrow(array) })
}

/// Gives up what Python is done with. Collective.
pub fn collect() {
    if EXPORTS.get().as_ref().is_none_or(|exports| exports.arrays.is_empty()) {
        return;
    }
    let taken = || std::mem::take(&mut *RELEASED.lock().unwrap_or_else(PoisonError::into_inner));
    let numbers = if dist::is_world() {
        let pack = || taken().iter().flat_map(|number| number.to_le_bytes()).collect();
        let bytes = process::from_root(|| if table().is_some() { pack() } else { Vec::new() });
        bytes
            .chunks_exact(8)
            .map(|chunk| u64::from_le_bytes(std::array::from_fn(|i| chunk[i])))
            .collect()
    } else {
        taken()
    };
    for number in numbers {
        let array = EXPORTS
            .get()
            .as_mut()
            .and_then(|exports| exports.arrays.remove(&number));
        if let Some(array) = array {
            // SAFETY: live, by the export's share.
            unsafe { Array::borrow(array) }.unpin();
            // SAFETY: the export's share, given up.
            unsafe { release(array.cast()) };
        }
    }
}
