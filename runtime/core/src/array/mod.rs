//! Arrays: a header that compiled code sees, on a counted buffer.
//!
//! An [`Array`] is a view: offset, shape and strides in bytes relative to element 0 of its
//! buffer's global C-order base, exactly as NumPy's would be in one process, wherever the
//! elements really are (see `dist`).

pub mod affine;
pub mod buffer;
pub mod create;
pub mod element;
mod export;
pub mod index;
pub mod layout;
pub mod view;

pub use buffer::{Buffer, Storage};
pub use create::{dtype_of, fill};
pub use export::{Exported, LocalView, refresh_pinned};
pub use layout::Dims;

use crate::error::Raise;
use crate::host::HostCell;
use crate::pool;
use crate::{device, dist};
use buffer::{drop_buffer, no_memory};
use lnp_abi::{ArrayHeader, DType, MAX_NDIM, RefHeader, RefKind};

/// An array object; what `*mut ArrayHeader` really points to.
#[repr(C)]
pub struct Array {
    header: ArrayHeader,
    buffer: *mut Buffer,
    /// The elements lie in C order without gaps.
    contiguous: bool,
}

static FREE: HostCell<Vec<*mut Array>> = HostCell::new(Vec::new());

/// Dead arrays of small blocks, kept whole with buffer and storage, by class of the block.
static WHOLE: HostCell<[Vec<*mut Array>; pool::N_SMALL]> = HostCell::new([const { Vec::new() }; pool::N_SMALL]);

/// Frees an array whose last owner is gone.
///
/// # Safety
/// `array` came from this module and nothing refers to it any more.
#[inline]
pub unsafe fn free(array: *mut ArrayHeader) {
    let array: *mut Array = array.cast();
    // SAFETY: live until it is on a free list; it owns one reference to its buffer.
    let buffer = unsafe { &*(*array).buffer };
    if buffer.refs == 1
        && let Some(class) = buffer.small_class()
    {
        WHOLE.get()[class].push(array);
        return;
    }
    // SAFETY: as above.
    unsafe { drop_buffer((*array).buffer) };
    FREE.get().push(array);
}

/// The storage of a dead array of a class, for a buffer that needs no array.
#[inline]
fn salvage(class: usize) -> Option<*mut Storage> {
    let array = WHOLE.get()[class].pop()?;
    FREE.get().push(array);
    // SAFETY: a dead array's buffer is its own.
    Some(unsafe { buffer::dismantle((*array).buffer) })
}

/// An array that this holder owns.
pub struct OwnedArray(*mut Array);

impl OwnedArray {
    /// Hands the array to compiled code.
    #[inline]
    pub fn into_raw(self) -> *mut ArrayHeader {
        let ptr = self.0.cast();
        std::mem::forget(self);
        ptr
    }

    /// The array as compiled code sees it, still owned by this holder.
    pub fn header(&self) -> *mut ArrayHeader {
        self.0.cast()
    }

    /// Takes over an array that compiled code owned.
    ///
    /// # Safety
    /// `ptr` is a live array of which the caller owns one share.
    pub unsafe fn from_raw(ptr: *mut ArrayHeader) -> OwnedArray {
        OwnedArray(ptr.cast())
    }
}

impl Drop for OwnedArray {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a live array; this holder owns a share.
        let head = unsafe { &mut (*self.0).header.head };
        head.count -= 1;
        if head.count == 0 {
            // SAFETY: the last owner is gone.
            unsafe { free(self.0.cast()) };
        }
    }
}

impl std::ops::Deref for OwnedArray {
    type Target = Array;

    #[inline]
    fn deref(&self) -> &Array {
        // SAFETY: live while owned.
        unsafe { &*self.0 }
    }
}

impl Array {
    /// # Safety
    /// `ptr` is a live array (as compiled code passes them), for as long as `'a` is used.
    #[inline]
    pub unsafe fn borrow<'a>(ptr: *const ArrayHeader) -> &'a Array {
        // SAFETY: the caller's promise; every array is made by this module.
        unsafe { &*ptr.cast() }
    }

    #[inline]
    pub fn dtype(&self) -> DType {
        self.buffer().dtype
    }

    #[inline]
    pub fn ndim(&self) -> usize {
        self.header.ndim as usize
    }

    #[inline]
    pub fn shape(&self) -> &[i64] {
        &self.header.shape[..self.ndim()]
    }

    /// Bytes.
    #[inline]
    pub fn strides(&self) -> &[i64] {
        &self.header.strides[..self.ndim()]
    }

    /// Bytes from the base's element 0.
    #[inline]
    pub fn offset(&self) -> i64 {
        self.header.offset
    }

    /// Number of elements.
    #[inline]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.shape().iter().product::<i64>() as usize
    }

    #[inline]
    pub fn is_contiguous(&self) -> bool {
        self.contiguous
    }

    #[inline]
    pub fn buffer_ptr(&self) -> *mut Buffer {
        self.buffer
    }

    #[inline]
    pub fn buffer(&self) -> &mut Buffer {
        // SAFETY: an array owns a reference to its buffer; only the host thread is here.
        unsafe { &mut *self.buffer }
    }

    /// Whether this rank holds only a part.
    #[inline]
    pub fn is_blocked(&self) -> bool {
        self.buffer().part.is_some()
    }

    /// Address of the first element, whose host copy is valid. Only for replicated arrays.
    /// Who writes there calls [`Array::prepare_write`] first.
    #[inline]
    pub fn ptr(&self) -> *mut u8 {
        device::ensure_host(self.buffer().storage());
        self.raw_ptr()
    }

    /// Address of the first element, valid or not (see `device`): for launches.
    #[inline]
    pub fn raw_ptr(&self) -> *mut u8 {
        debug_assert!(!self.is_blocked());
        self.buffer().storage().ptr.wrapping_offset(self.header.offset as isize)
    }

    /// Makes an array object around a buffer reference that it takes over.
    #[inline]
    pub fn wrap(buffer: *mut Buffer, offset: i64, shape: &[i64], strides: &[i64]) -> OwnedArray {
        // SAFETY: the caller's live reference.
        let dtype = unsafe { (*buffer).dtype };
        let contiguous = layout::is_c_contiguous(shape, strides, dtype.size());
        let array = Array::raw(dtype, buffer, contiguous);
        // SAFETY: just made, nobody else has it.
        let header = unsafe { &mut (*array.0).header };
        header.ndim = shape.len() as u8;
        header.offset = offset;
        header.shape[..shape.len()].copy_from_slice(shape);
        header.strides[..shape.len()].copy_from_slice(strides);
        array
    }

    /// An array object with all but its geometry set.
    #[inline]
    fn raw(dtype: DType, buffer: *mut Buffer, contiguous: bool) -> OwnedArray {
        let ptr = match FREE.get().pop() {
            Some(ptr) => ptr,
            None => {
                let header = ArrayHeader {
                    head: RefHeader {
                        count: 1,
                        kind: RefKind::Array,
                    },
                    dtype: 0,
                    ndim: 0,
                    offset: 0,
                    shape: [0; MAX_NDIM],
                    strides: [0; MAX_NDIM],
                };
                Box::into_raw(Box::new(Array {
                    header,
                    buffer,
                    contiguous,
                }))
            }
        };
        // SAFETY: free memory that holds a valid, dead `Array`.
        let array = unsafe { &mut *ptr };
        array.header.head.count = 1;
        array.header.dtype = dtype as u8;
        array.buffer = buffer;
        array.contiguous = contiguous;
        OwnedArray(ptr)
    }

    /// Another view of the same buffer.
    #[inline]
    pub fn view(&self, offset: i64, shape: &[i64], strides: &[i64]) -> OwnedArray {
        self.buffer().refs += 1;
        Array::wrap(self.buffer, offset, shape, strides)
    }

    /// [`Array::view`] from whole lists of `n` entries, which copy as a block.
    #[inline]
    pub fn view_dims(&self, offset: i64, n: usize, shape: &[i64; MAX_NDIM], strides: &[i64; MAX_NDIM]) -> OwnedArray {
        self.buffer().refs += 1;
        let dtype = self.dtype();
        let contiguous = layout::is_c_contiguous(&shape[..n], &strides[..n], dtype.size());
        let array = Array::raw(dtype, self.buffer, contiguous);
        // SAFETY: just made, nobody else has it.
        let header = unsafe { &mut (*array.0).header };
        header.ndim = n as u8;
        header.offset = offset;
        header.shape = *shape;
        header.strides = *strides;
        array
    }

    /// Another array on the same elements.
    pub fn share(&self) -> OwnedArray {
        self.view(self.offset(), self.shape(), self.strides())
    }

    /// A new C-order array, uninitialized; blocked or replicated as the policy says.
    #[inline]
    pub fn alloc(dtype: DType, shape: &[i64]) -> Result<OwnedArray, Raise> {
        Array::create(dtype, shape, false)
    }

    /// A new C-order array of zeros.
    pub fn zeros(dtype: DType, shape: &[i64]) -> Result<OwnedArray, Raise> {
        Array::create(dtype, shape, true)
    }

    #[inline]
    fn create(dtype: DType, shape: &[i64], zeroed: bool) -> Result<OwnedArray, Raise> {
        let bytes = checked_bytes(dtype, shape)?;
        let base = Dims::new(shape);
        if dist::is_world()
            && let Some(part) = dist::partition_for(&base)
        {
            return Array::create_blocked(dtype, &base, part, zeroed);
        }
        Array::create_local(dtype, &base, bytes, zeroed)
    }

    /// A new array that every rank holds whole.
    pub fn alloc_replicated(dtype: DType, shape: &[i64]) -> Result<OwnedArray, Raise> {
        let bytes = checked_bytes(dtype, shape)?;
        Array::create_local(dtype, &Dims::new(shape), bytes, false)
    }

    #[inline]
    fn create_local(dtype: DType, base: &Dims, bytes: usize, zeroed: bool) -> Result<OwnedArray, Raise> {
        if bytes <= pool::SMALL_BYTES
            && let Some(array) = WHOLE.get()[pool::small_class(bytes)].pop()
        {
            let array = Array::revive(array, dtype, base);
            if zeroed {
                // SAFETY: the array's own memory, at least `bytes` long.
                unsafe { array.raw_ptr().write_bytes(0, bytes) };
            }
            return Ok(array);
        }
        let Some(storage) = Storage::new(bytes, zeroed) else {
            return Err(no_memory(dtype, base));
        };
        Ok(Array::fresh(Buffer::new(dtype, *base, storage, None)))
    }

    /// A dead array that kept its memory, with a new shape.
    #[inline]
    fn revive(ptr: *mut Array, dtype: DType, base: &Dims) -> OwnedArray {
        // SAFETY: on a free list, so nobody else has it; its buffer is its own.
        let array = unsafe { &mut *ptr };
        let buffer = array.buffer();
        buffer.dtype = dtype;
        buffer.base = *base;
        array.contiguous = true;
        let header = &mut array.header;
        header.head.count = 1;
        header.dtype = dtype as u8;
        header.ndim = base.n() as u8;
        header.offset = 0;
        let mut step = dtype.size() as i64;
        for d in (0..base.n()).rev() {
            header.shape[d] = base[d];
            header.strides[d] = step;
            step *= base[d];
        }
        OwnedArray(ptr)
    }

    /// A new array cut as `part` says.
    pub fn create_blocked(
        dtype: DType,
        base: &Dims,
        part: dist::PartitionRef,
        zeroed: bool,
    ) -> Result<OwnedArray, Raise> {
        let local = dist::Local::new(&part, &dist::Margins::NONE);
        let Some(storage) = Storage::new(local.len() * dtype.size(), zeroed) else {
            return Err(no_memory(dtype, base));
        };
        let buffer = Buffer::new(dtype, *base, storage, Some(part));
        // SAFETY: just made.
        unsafe { (*storage).local = Some(Box::new(local)) };
        Ok(Array::fresh(buffer))
    }

    /// The array that covers a new buffer whole, in C order of its base.
    #[inline]
    pub fn fresh(buffer: *mut Buffer) -> OwnedArray {
        // SAFETY: the caller's live reference.
        let b = unsafe { &*buffer };
        let array = Array::raw(b.dtype, buffer, true);
        // SAFETY: just made, nobody else has it.
        let header = unsafe { &mut (*array.0).header };
        let n = b.base.n();
        header.ndim = n as u8;
        header.offset = 0;
        let mut step = b.dtype.size() as i64;
        for d in (0..n).rev() {
            header.shape[d] = b.base[d];
            header.strides[d] = step;
            step *= b.base[d];
        }
        array
    }

    /// A new array whose axes lie in memory in the order `order` (outermost first).
    pub fn alloc_ordered(dtype: DType, shape: &[i64], order: &[u8]) -> Result<OwnedArray, Raise> {
        Array::create_ordered(dtype, shape, order, false)
    }

    fn create_ordered(dtype: DType, shape: &[i64], order: &[u8], zeroed: bool) -> Result<OwnedArray, Raise> {
        let base: Vec<i64> = order.iter().map(|&axis| shape[axis as usize]).collect();
        let array = Array::create(dtype, &base, zeroed)?;
        Ok(array.reordered(shape, order))
    }

    /// A new array of this one's shape, its axes in memory as this one's: NumPy's `*_like`.
    pub fn create_like(&self, dtype: DType, zeroed: bool) -> Result<OwnedArray, Raise> {
        self.create_ordered_like(dtype, self.shape(), zeroed)
    }

    /// A new array of any shape, its axes in memory as this one's.
    pub fn create_ordered_like(&self, dtype: DType, shape: &[i64], zeroed: bool) -> Result<OwnedArray, Raise> {
        if self.is_contiguous() {
            return Array::create(dtype, shape, zeroed);
        }
        let order = layout::like_order(self.strides());
        Array::create_ordered(dtype, shape, &order[..self.ndim()], zeroed)
    }

    /// The view in which axis i of this array becomes axis `order[i]`.
    pub fn reordered(&self, shape: &[i64], order: &[u8]) -> OwnedArray {
        let mut strides = Dims::filled(shape.len(), 0);
        for (i, &axis) in order.iter().enumerate() {
            strides[axis as usize] = self.strides()[i];
        }
        self.view(self.offset(), shape, &strides)
    }

    /// An array that every rank computes whole, in C order; stored as the policy says.
    pub fn from_replicated(dtype: DType, shape: &[i64], fill: impl FnOnce(&mut [u8])) -> Result<OwnedArray, Raise> {
        let array = Array::alloc_replicated(dtype, shape)?;
        let bytes = array.len() * dtype.size();
        // SAFETY: fresh storage of that many bytes, which nobody else sees yet.
        fill(unsafe { std::slice::from_raw_parts_mut(array.ptr(), bytes) });
        dist::adopt(array)
    }

    /// Readies the array's elements for a write of an unknown part of them.
    pub fn prepare_write(&self) -> Result<(), Raise> {
        let buffer = self.buffer();
        if buffer.is_shared() {
            buffer::make_unique(buffer, None)?;
        }
        let storage = buffer.storage();
        device::ensure_host(storage);
        device::host_written(storage);
        if let Some(local) = &mut storage.local {
            local.spoil_margins();
        }
        Ok(())
    }
}

/// Bytes of an array, or NumPy's error for impossible shapes.
#[inline]
pub fn checked_bytes(dtype: DType, shape: &[i64]) -> Result<usize, Raise> {
    let mut bytes = dtype.size();
    let mut empty = false;
    for &n in shape {
        if n < 0 {
            return Err(Raise::value("negative dimensions are not allowed"));
        }
        if n == 0 {
            empty = true;
            continue;
        }
        bytes = match bytes.checked_mul(n as usize) {
            Some(bytes) if bytes <= isize::MAX as usize => bytes,
            _ => {
                return Err(Raise::value(
                    "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
                ));
            }
        };
    }
    Ok(if empty { 0 } else { bytes })
}

/// A `Slots` argument: its values.
///
/// # Safety
/// `slots` points to a count and that many 8-byte slots, live while `'a` is used.
#[inline]
pub unsafe fn slots<'a>(slots: *const u64) -> &'a [i64] {
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(slots.add(1).cast(), *slots as usize) }
}
