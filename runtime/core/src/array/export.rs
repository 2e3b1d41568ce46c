//! Arrays as others see them: whole on this rank, as C-order bytes, as memory for Python.

use super::buffer::{Buffer, Storage, drop_storage};
use super::layout::Dims;
use super::{Array, OwnedArray};
use crate::error::Raise;
use crate::host::HostCell;
use crate::launch::copy::copy_elements;
use crate::{device, dist};
use lnp_abi::DType;
use std::borrow::Cow;

/// All elements of an array, on this rank, for reading. Keeps the memory alive; a write to
/// the array while a view exists goes elsewhere.
pub struct LocalView {
    ptr: *mut u8,
    dtype: DType,
    shape: Dims,
    strides: Dims,
    contiguous: bool,
    storage: *mut Storage,
}

impl LocalView {
    /// Address of the first element.
    pub fn ptr(&self) -> *const u8 {
        self.ptr
    }

    pub fn dtype(&self) -> DType {
        self.dtype
    }

    pub fn shape(&self) -> &[i64] {
        &self.shape
    }

    /// Bytes.
    pub fn strides(&self) -> &[i64] {
        &self.strides
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.shape.len()
    }

    /// The elements in C order.
    pub fn c_bytes(&self) -> Cow<'_, [u8]> {
        let size = self.dtype.size();
        let bytes = self.len() * size;
        if bytes == 0 {
            return Cow::Borrowed(&[]);
        }
        if self.contiguous {
            // SAFETY: contiguous elements in memory that `self` keeps alive and unwritten.
            return Cow::Borrowed(unsafe { std::slice::from_raw_parts(self.ptr, bytes) });
        }
        let mut out = vec![0u8; bytes];
        let strides = super::layout::c_strides(&self.shape, size);
        // SAFETY: source and target both have this shape; the target is new.
        unsafe { copy_elements(&self.shape, size, out.as_mut_ptr(), &strides, self.ptr, &self.strides) };
        Cow::Owned(out)
    }

    /// Byte offset of the element at a flat C-order position.
    #[inline]
    pub fn offset_of(&self, mut flat: usize) -> isize {
        let mut offset = 0;
        for d in (0..self.shape.n()).rev() {
            let n = self.shape[d] as usize;
            offset += (flat % n) as i64 * self.strides[d];
            flat /= n;
        }
        offset as isize
    }
}

impl Drop for LocalView {
    fn drop(&mut self) {
        // SAFETY: the view owns one use.
        unsafe { drop_storage(self.storage) };
    }
}

impl Array {
    /// The whole array on this rank. Collective when blocked.
    pub fn replicated(&self) -> Result<LocalView, Raise> {
        let buffer = self.buffer();
        let storage = if self.is_blocked() {
            dist::gather(buffer)?
        } else {
            buffer.storage().users += 1;
            buffer.storage
        };
        // SAFETY: live; the view owns one use of it.
        device::ensure_host(unsafe { &mut *storage });
        // SAFETY: as above.
        let ptr = unsafe { (*storage).ptr }.wrapping_offset(self.offset() as isize);
        Ok(LocalView {
            ptr,
            dtype: self.dtype(),
            shape: Dims::new(self.shape()),
            strides: Dims::new(self.strides()),
            contiguous: self.is_contiguous(),
            storage,
        })
    }

    /// The elements in C order, on every rank. Collective when blocked.
    pub fn c_bytes(&self) -> Result<Vec<u8>, Raise> {
        Ok(self.replicated()?.c_bytes().into_owned())
    }

    /// Memory for Python to look at and write to. The buffer becomes replicated, its storage
    /// its own and pinned; `unpin` ends that. Collective when blocked.
    pub fn export(&self) -> Result<Exported, Raise> {
        let buffer = self.buffer();
        if buffer.is_shared() {
            super::buffer::make_unique(buffer, None)?;
        }
        if self.is_blocked() {
            dist::replicate(buffer)?;
        }
        let storage = buffer.storage();
        device::leave(storage);
        storage.pins += 1;
        if storage.pins == 1 && dist::is_world() {
            PINNED.get().push(self.buffer);
        }
        Ok(Exported {
            ptr: self.ptr(),
            dtype: self.dtype(),
            shape: Dims::new(self.shape()),
            strides: Dims::new(self.strides()),
        })
    }

    /// Python's last look at an exported array is over.
    pub fn unpin(&self) {
        let storage = self.buffer().storage();
        storage.pins = storage.pins.saturating_sub(1);
        if storage.pins == 0 {
            PINNED.get().retain(|&b| b != self.buffer);
        }
    }

    /// An array over memory that Python owns: `ptr` is the first element. `release(context)`
    /// runs when the last view is gone.
    ///
    /// # Safety
    /// The memory that shape and strides reach is live and writable until `release` is called.
    pub unsafe fn from_foreign(
        ptr: *mut u8,
        dtype: DType,
        shape: &[i64],
        strides: &[i64],
        release: unsafe extern "C" fn(*mut u8),
        context: *mut u8,
    ) -> OwnedArray {
        let buffer = Buffer::foreign(dtype, Dims::new(shape), ptr, release, context);
        Array::wrap(buffer, 0, shape, strides)
    }
}

/// What Python gets to see of an array.
pub struct Exported {
    pub ptr: *mut u8,
    pub dtype: DType,
    pub shape: Dims,
    /// Bytes.
    pub strides: Dims,
}

/// Buffers that rank 0's interpreter may write to behind our back, in the order of their pins
/// (the same on every rank). Only filled in a world of several ranks.
static PINNED: HostCell<Vec<*mut Buffer>> = HostCell::new(Vec::new());

/// Makes every rank see what rank 0's interpreter did to exported arrays. Collective.
pub fn refresh_pinned() {
    if !dist::is_world() {
        return;
    }
    for &buffer in PINNED.get().iter() {
        // SAFETY: a pinned buffer is alive; `unpin` takes it off the list.
        let buffer = unsafe { &*buffer };
        let bytes = buffer.bytes();
        dist::broadcast_memory(buffer.storage().ptr, bytes);
    }
}
