//! Buffers and storage: who owns an array's elements, and when they are shared.
//!
//! A [`Buffer`] is what views have in common: NumPy's base array. A [`Storage`] is the memory.
//! `copy` makes a second buffer on the same storage; the first write to either gives the
//! written buffer a storage of its own ([`make_unique`]). Storage that Python can see is
//! pinned: it never changes hands, and copies of it are made at once.

use super::layout::{Dims, c_strides};
use crate::device;
use crate::dist::{Local, PartitionRef};
use crate::error::{ExceptionKind, Raise};
use crate::host::HostCell;
use crate::pool::{self, Block};
use lnp_abi::DType;

/// Memory of some elements of one or more buffers.
pub struct Storage {
    pub ptr: *mut u8,
    /// Buffers (and launches in progress) that hold it.
    pub users: u32,
    /// Python objects that look at it.
    pub pins: u32,
    source: Source,
    /// Which part of the base it holds, when the buffer is blocked.
    pub local: Option<Box<Local>>,
    /// Where the elements are valid: `ptr` may be old (see `device`).
    pub device: device::Slot,
}

enum Source {
    Pool(Block),
    /// Memory of somebody else, told when the last user is gone.
    Foreign {
        release: unsafe extern "C" fn(*mut u8),
        context: *mut u8,
    },
}

/// What the views of one base array share.
pub struct Buffer {
    pub refs: u32,
    pub dtype: DType,
    /// Shape of the base in memory order: element strides are those of C order over it.
    pub base: Dims,
    pub storage: *mut Storage,
    /// `None`: every rank holds all elements.
    pub part: Option<PartitionRef>,
}

static STORAGES: HostCell<Vec<*mut Storage>> = HostCell::new(Vec::new());
static BUFFERS: HostCell<Vec<*mut Buffer>> = HostCell::new(Vec::new());

/// Moves a value into recycled or new memory.
#[inline]
fn place<T>(free: &HostCell<Vec<*mut T>>, value: T) -> *mut T {
    match free.get().pop() {
        Some(ptr) => {
            // SAFETY: a retired `T` from `retire`, whose contents were dropped.
            unsafe { ptr.write(value) };
            ptr
        }
        None => Box::into_raw(Box::new(value)),
    }
}

/// Drops a value and keeps its memory.
#[inline]
fn retire<T>(free: &HostCell<Vec<*mut T>>, ptr: *mut T) {
    // SAFETY: callers pass the only pointer left to a value made by `place`.
    unsafe { ptr.drop_in_place() };
    free.get().push(ptr);
}

impl Storage {
    /// Storage of `bytes` bytes with one user.
    #[inline]
    pub fn new(bytes: usize, zeroed: bool) -> Option<*mut Storage> {
        if bytes <= pool::SMALL_BYTES
            && let Some(storage) = super::salvage(pool::small_class(bytes))
        {
            if zeroed {
                // SAFETY: the storage's own memory, at least `bytes` long.
                unsafe { (*storage).ptr.write_bytes(0, bytes) };
            }
            return Some(storage);
        }
        let block = if zeroed {
            pool::take_zeroed(bytes)?
        } else {
            pool::take(bytes)?
        };
        Some(place(
            &STORAGES,
            Storage {
                ptr: block.ptr,
                users: 1,
                pins: 0,
                source: Source::Pool(block),
                local: None,
                device: device::Slot::NONE,
            },
        ))
    }

    /// Exchanges the memory of two storages; their users stay.
    pub fn swap_memory(&mut self, other: &mut Storage) {
        std::mem::swap(&mut self.ptr, &mut other.ptr);
        std::mem::swap(&mut self.source, &mut other.source);
        std::mem::swap(&mut self.local, &mut other.local);
        std::mem::swap(&mut self.device, &mut other.device);
    }

    fn foreign(ptr: *mut u8, release: unsafe extern "C" fn(*mut u8), context: *mut u8) -> *mut Storage {
        place(
            &STORAGES,
            Storage {
                ptr,
                users: 1,
                pins: 1,
                source: Source::Foreign { release, context },
                local: None,
                device: device::Slot::NONE,
            },
        )
    }
}

/// One user less; the last one frees the memory.
///
/// # Safety
/// `storage` is live and the caller owns one use of it.
#[inline]
pub unsafe fn drop_storage(storage: *mut Storage) {
    // SAFETY: live.
    let s = unsafe { &mut *storage };
    s.users -= 1;
    if s.users > 0 {
        return;
    }
    device::release(&mut s.device);
    match s.source {
        Source::Pool(block) => pool::give(block),
        // SAFETY: the owner's own function, called once.
        Source::Foreign { release, context } => unsafe { release(context) },
    }
    retire(&STORAGES, storage);
}

impl Buffer {
    /// A buffer of its own storage; `refs` is 1.
    #[inline]
    pub fn new(dtype: DType, base: Dims, storage: *mut Storage, part: Option<PartitionRef>) -> *mut Buffer {
        place(
            &BUFFERS,
            Buffer {
                refs: 1,
                dtype,
                base,
                storage,
                part,
            },
        )
    }

    /// A buffer over memory that someone else owns; never shared, never moved.
    pub fn foreign(
        dtype: DType,
        base: Dims,
        ptr: *mut u8,
        release: unsafe extern "C" fn(*mut u8),
        context: *mut u8,
    ) -> *mut Buffer {
        Buffer::new(dtype, base, Storage::foreign(ptr, release, context), None)
    }

    /// The class of its block, when that is small and all its own.
    #[inline]
    pub fn small_class(&self) -> Option<usize> {
        let s = self.storage();
        match s.source {
            Source::Pool(block) if s.users == 1 && s.pins == 0 && s.local.is_none() && self.part.is_none() => {
                block.small_class().filter(|_| s.device.is_none())
            }
            _ => None,
        }
    }

    /// Bytes of the whole base.
    pub fn bytes(&self) -> usize {
        self.base.len() * self.dtype.size()
    }

    #[inline]
    pub fn storage(&self) -> &mut Storage {
        // SAFETY: a buffer's storage is live; only the host thread is here.
        unsafe { &mut *self.storage }
    }

    /// Whether a write must first get a storage of its own.
    #[inline]
    pub fn is_shared(&self) -> bool {
        self.storage().users > 1 && self.storage().pins == 0
    }

    /// Bytes of the memory this rank holds.
    pub fn local_bytes(&self) -> usize {
        match &self.storage().local {
            Some(local) => local.len() * self.dtype.size(),
            None => self.bytes(),
        }
    }
}

/// Takes the storage out of a buffer that nobody refers to any more.
///
/// # Safety
/// `buffer` is the last pointer to a live buffer.
pub unsafe fn dismantle(buffer: *mut Buffer) -> *mut Storage {
    // SAFETY: live; its use of the storage passes to the caller.
    let storage = unsafe { (*buffer).storage };
    retire(&BUFFERS, buffer);
    storage
}

/// One reference less to a buffer.
///
/// # Safety
/// `buffer` is live and the caller owns one reference.
#[inline]
pub unsafe fn drop_buffer(buffer: *mut Buffer) {
    // SAFETY: live.
    let b = unsafe { &mut *buffer };
    b.refs -= 1;
    if b.refs == 0 {
        // SAFETY: the buffer owns one use.
        unsafe { drop_storage(b.storage) };
        retire(&BUFFERS, buffer);
    }
}

/// The box of base elements that a write will overwrite whole; per dimension of the memory at
/// hand (`start..end`). Elements in the box need not survive.
#[derive(Clone, Copy)]
pub struct Overwritten {
    pub start: Dims,
    pub end: Dims,
}

/// Gives the buffer a storage of its own before a write and copies what survives: everything
/// but the box `overwritten` (in local coordinates when blocked). The old storage loses one
/// user; a caller who still reads from it holds a use of its own.
pub fn make_unique(buffer: &mut Buffer, overwritten: Option<&Overwritten>) -> Result<(), Raise> {
    let old = buffer.storage;
    let bytes = buffer.local_bytes();
    let Some(new) = Storage::new(bytes, false) else {
        return Err(no_memory(buffer.dtype, &buffer.base));
    };
    // SAFETY: both live; `new` is fresh, so they do not alias.
    let (from, to) = unsafe { (&mut *old, &mut *new) };
    let extents = match &from.local {
        Some(local) => local.extents(),
        None => buffer.base,
    };
    to.local.clone_from(&from.local);
    let size = buffer.dtype.size();
    let on_device = device::duplicate(from, to, bytes);
    if !on_device {
        device::ensure_host(from);
    }
    match overwritten {
        _ if on_device => {}
        None => {
            // SAFETY: both hold `bytes` bytes.
            unsafe { std::ptr::copy_nonoverlapping(from.ptr, to.ptr, bytes) };
        }
        Some(region) => copy_complement(from.ptr, to.ptr, &extents, size, region),
    }
    buffer.storage = new;
    // SAFETY: the buffer's own use.
    unsafe { drop_storage(old) };
    Ok(())
}

/// Copies the elements outside of a box, between two C-order arrays of one shape.
fn copy_complement(from: *const u8, to: *mut u8, shape: &Dims, size: usize, region: &Overwritten) {
    let strides = c_strides(shape, size);
    // The slabs before and after the box along dimension d, within the box along the
    // dimensions before d, whole along those after.
    for d in 0..shape.n() {
        for (lo, hi) in [(0, region.start[d]), (region.end[d], shape[d])] {
            if lo >= hi {
                continue;
            }
            let run = ((hi - lo) * strides[d]) as usize;
            // Along the dimension before d in a tight loop, along those before it by index.
            let (rows, row_stride) = match d {
                0 => (1, 0),
                _ => (region.end[d - 1] - region.start[d - 1], strides[d - 1]),
            };
            let outer = d.saturating_sub(1);
            let outer_len: i64 = (0..outer).map(|k| region.end[k] - region.start[k]).product();
            let mut index = region.start;
            for _ in 0..outer_len {
                let at: i64 = (0..d).map(|k| index[k] * strides[k]).sum::<i64>() + lo * strides[d];
                // SAFETY: the slabs lie in both arrays, which have this shape.
                unsafe { copy_rows(from.offset(at as isize), to.offset(at as isize), rows, row_stride, run) };
                for k in (0..outer).rev() {
                    index[k] += 1;
                    if index[k] < region.end[k] {
                        break;
                    }
                    index[k] = region.start[k];
                }
            }
        }
    }
}

/// Copies `rows` runs of `run` bytes, `stride` bytes apart in both arrays.
///
/// # Safety
/// The runs lie in both arrays, which do not overlap.
unsafe fn copy_rows(from: *const u8, to: *mut u8, rows: i64, stride: i64, run: usize) {
    if run == 8 {
        // The border of a stencil.
        for k in 0..rows {
            let at = (k * stride) as isize;
            // SAFETY: the caller's promise.
            unsafe {
                to.offset(at)
                    .cast::<u64>()
                    .write_unaligned(from.offset(at).cast::<u64>().read_unaligned());
            }
        }
        return;
    }
    for k in 0..rows {
        let at = (k * stride) as isize;
        // SAFETY: the caller's promise.
        unsafe { std::ptr::copy_nonoverlapping(from.offset(at), to.offset(at), run) };
    }
}

/// NumPy's error for an array that does not fit in memory, here; other ranks may have room.
#[cold]
pub fn no_memory(dtype: DType, shape: &[i64]) -> Raise {
    crate::error::met_alone();
    let bytes = shape.iter().fold(dtype.size() as f64, |acc, &n| acc * n as f64);
    let mut unit = 0;
    let mut amount = bytes;
    while amount >= 1024.0 && unit < 6 {
        amount /= 1024.0;
        unit += 1;
    }
    if amount.round() == 1024.0 && unit < 6 {
        amount /= 1024.0;
        unit += 1;
    }
    let digits = match () {
        _ if unit == 0 || amount.round() >= 1000.0 => 0,
        _ if amount < 9.995 => 2,
        _ if amount < 99.95 => 1,
        _ => 0,
    };
    // `#.3g` and `#.0f` keep the point.
    let point = if unit > 0 && digits == 0 { "." } else { "" };
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    Raise::new(
        ExceptionKind::ArrayMemoryError,
        format!(
            "Unable to allocate {amount:.digits$}{point} {} for an array with shape {} and data type {}",
            units[unit],
            super::layout::shape_text(shape),
            dtype.numpy_name(),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complement_and_box_make_the_whole() {
        let shape = Dims::new(&[4, 5, 3]);
        let from: Vec<u8> = (1..=60).collect();
        for (start, end) in [
            ([1, 1, 1], [3, 4, 2]),
            ([0, 0, 0], [4, 5, 3]),
            ([2, 0, 1], [4, 5, 3]),
            ([0, 3, 0], [1, 4, 1]),
        ] {
            let mut to = vec![0u8; 60];
            let region = Overwritten {
                start: Dims::new(&start),
                end: Dims::new(&end),
            };
            copy_complement(from.as_ptr(), to.as_mut_ptr(), &shape, 1, &region);
            for i in 0..60i64 {
                let at = [i / 15, i / 3 % 5, i % 3];
                let inside = (0..3).all(|d| start[d] <= at[d] && at[d] < end[d]);
                assert_eq!(to[i as usize], if inside { 0 } else { i as u8 + 1 });
            }
        }
    }

    #[test]
    fn memory_error_reads_as_numpys() {
        let text = |shape: &[i64]| no_memory(DType::F64, shape).message;
        assert_eq!(
            text(&[1 << 50]),
            "Unable to allocate 8.00 PiB for an array with shape (1125899906842624,) and data type float64"
        );
        assert!(
            text(&[1000000, 1000000])
                .starts_with("Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000)")
        );
        assert!(text(&[125, 1 << 40]).starts_with("Unable to allocate 1000. TiB"));
    }
}
