//! Arrays whose memory Python owns, seen natively without a copy.
//!
//! One buffer per owner: two views that Python made of one array become two views of one
//! buffer, so that what the runtime knows of overlap holds for them. An array that was ours
//! from the start comes back as a view of itself.
//!
//! On several ranks rank 0 uses Python's memory; the others hold copies, made equal again
//! after each unit.

use super::{ask, decref, exports, share};
use crate::array::{Array, Buffer, Dims, OwnedArray};
use crate::dist;
use crate::error::Raise;
use crate::host::HostCell;
use crate::launch::copy::copy_elements;
use lnp_abi::provider::python::{PyArray, PyRef};
use lnp_abi::{DType, MAX_NDIM};
use std::collections::BTreeMap;

/// Buffers by their owner's address on rank 0, which names it on every rank.
static BUFFERS: HostCell<BTreeMap<u64, *mut Buffer>> = HostCell::new(BTreeMap::new());

/// What a foreign storage gives back in the end.
struct Lease {
    /// The key in [`BUFFERS`], or 0.
    key: u64,
    owner: PyRef,
    /// The memory itself, on ranks without the interpreter.
    _copy: Vec<u64>,
}

unsafe extern "C" fn end_lease(context: *mut u8) {
    // SAFETY: made by `Box::into_raw` in `lease`; called once.
    let lease = unsafe { Box::from_raw(context.cast::<Lease>()) };
    BUFFERS.get().remove(&lease.key);
    decref(lease.owner);
}

/// An array from an object, which must be an `ndarray` of that dtype and ndim (255: of any).
/// Collective.
pub fn to_array(object: PyRef, dtype: u8, ndim: u8) -> Result<OwnedArray, Raise> {
    let empty = PyArray {
        data: std::ptr::null_mut(),
        dtype,
        ndim,
        shape: [0; MAX_NDIM],
        strides: [0; MAX_NDIM],
        export: 0,
        owner: std::ptr::null_mut(),
        owner_data: std::ptr::null_mut(),
        owner_bytes: 0,
        owner_dtype: u8::MAX,
    };
    // SAFETY: a live object and room for the result.
    let desc = ask(empty, |table, out| unsafe {
        (table.to_array)(object, dtype, ndim, out)
    })?;
    let on_root = dist::rank() == 0;
    let owner = if on_root { desc.owner } else { std::ptr::null_mut() };
    let dtype = DType::from_code(desc.dtype).unwrap_or(DType::F64);
    let n = desc.ndim as usize;
    let (shape, strides) = (&desc.shape[..n], &desc.strides[..n]);

    if let Some(array) = exports::array(desc.export)
        && array.dtype() == dtype
    {
        let mut offset = if on_root {
            desc.data as i64 - array.buffer().storage().ptr as i64
        } else {
            0
        };
        share(&mut offset);
        decref(owner);
        return Ok(array.view(offset, shape, strides));
    }
    // Rank 0's addresses are the same numbers on every rank, so this is too.
    let offset = desc.data as i64 - desc.owner_data as i64;
    let key = desc.owner as u64;
    if let Some(&buffer) = BUFFERS.get().get(&key) {
        // SAFETY: buffers in the table are alive: their lease takes them out.
        let shared = unsafe { &mut *buffer };
        if shared.dtype == dtype {
            shared.refs += 1;
            decref(owner);
            return Ok(Array::wrap(buffer, offset, shape, strides));
        }
    }
    if desc.owner_bytes > 0 && desc.owner_dtype == dtype as u8 {
        let len = desc.owner_bytes as i64 / dtype.size() as i64;
        let buffer = lease(key, owner, desc.owner_data, desc.owner_bytes as usize, dtype, &[len]);
        BUFFERS.get().insert(key, buffer);
        return Ok(Array::wrap(buffer, offset, shape, strides));
    }
    if !dist::is_world() {
        // SAFETY: the owner, which the lease holds, keeps the memory.
        let lease = Box::into_raw(Box::new(Lease {
            key: 0,
            owner,
            _copy: Vec::new(),
        }));
        // SAFETY: as above.
        return Ok(unsafe { Array::from_foreign(desc.data, dtype, shape, strides, end_lease, lease.cast()) });
    }
    let copy = Array::from_replicated(dtype, shape, |bytes| {
        if on_root {
            let mut packed = [0i64; MAX_NDIM];
            let mut step = dtype.size() as i64;
            for d in (0..n).rev() {
                packed[d] = step;
                step *= shape[d];
            }
            let (target, source) = (bytes.as_mut_ptr(), desc.data);
            // SAFETY: both have this shape; the target is new.
            unsafe { copy_elements(shape, dtype.size(), target, &packed[..n], source, strides) };
        }
        dist::broadcast_memory(bytes.as_mut_ptr(), bytes.len());
    });
    decref(owner);
    copy
}

/// A buffer over the owner's memory, or on other ranks over a copy of it.
fn lease(key: u64, owner: PyRef, data: *mut u8, bytes: usize, dtype: DType, shape: &[i64]) -> *mut Buffer {
    let mut copy: Vec<u64> = Vec::new();
    let mut data = data;
    if dist::rank() != 0 {
        // Words, so that every dtype is aligned.
        copy = vec![0; bytes.div_ceil(8)];
        data = copy.as_mut_ptr().cast();
    }
    if dist::is_world() {
        dist::broadcast_memory(data, bytes);
    }
    let lease = Box::into_raw(Box::new(Lease {
        key,
        owner,
        _copy: copy,
    }));
    Buffer::foreign(dtype, Dims::new(shape), data, end_lease, lease.cast())
}

/// Makes every rank see what Python did to its own arrays. Collective.
pub fn refresh() {
    if !dist::is_world() {
        return;
    }
    for &buffer in BUFFERS.get().values() {
        // SAFETY: buffers in the table are alive.
        let buffer = unsafe { &*buffer };
        dist::broadcast_memory(buffer.storage().ptr, buffer.bytes());
    }
}
