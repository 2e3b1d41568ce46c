//! Distribution: which rank holds which part of a buffer, and how parts travel.
//!
//! Every rank runs the same host program and knows every partition, so each computes, without
//! asking, what it must send and receive ([`plan`]). All functions here that move data are
//! collective: every rank calls them in the same order.

pub mod launch;
mod local;
mod operand;
mod partition;
mod plan;
pub mod reduce;
mod verify;
pub mod world;

pub use local::{Local, Margins};
pub use partition::{Partition, PartitionRef, Region, partition_for};
pub use world::{is_world, rank, size};

use crate::array::buffer::{drop_storage, no_memory};
use crate::array::layout::{Dims, c_strides};
use crate::array::{Array, Buffer, OwnedArray, Storage};
use crate::error::Raise;
use crate::launch::copy::copy_elements;

/// Stores an array that every rank holds whole as the policy says.
pub fn adopt(array: OwnedArray) -> Result<OwnedArray, Raise> {
    if is_world() {
        let buffer = array.buffer();
        if buffer.part.is_none()
            && buffer.storage().pins == 0
            && let Some(part) = partition_for(&buffer.base)
        {
            block(buffer, part)?;
        }
    }
    Ok(array)
}

/// Keeps this rank's part of a replicated buffer.
fn block(buffer: &mut Buffer, part: PartitionRef) -> Result<(), Raise> {
    let local = Local::new(&part, &Margins::NONE);
    let size = buffer.dtype.size();
    let storage = new_storage(buffer, local.len() * size)?;
    // SAFETY: just made; the buffer's own is another one.
    let to = unsafe { &mut *storage };
    let whole = Region::whole(&buffer.base);
    copy_box(&local.own, size, buffer.storage().ptr, &whole, to.ptr, &local.held);
    to.local = Some(Box::new(local));
    replace_storage(buffer, storage, Some(part));
    Ok(())
}

fn new_storage(buffer: &Buffer, bytes: usize) -> Result<*mut Storage, Raise> {
    Storage::new(bytes, false).ok_or_else(|| no_memory(buffer.dtype, &buffer.base))
}

fn replace_storage(buffer: &mut Buffer, storage: *mut Storage, part: Option<PartitionRef>) {
    let old = std::mem::replace(&mut buffer.storage, storage);
    buffer.part = part;
    // SAFETY: the buffer's own use.
    unsafe { drop_storage(old) };
}

/// Copies the elements of a box between two C-order boxes of memory that hold it.
fn copy_box(what: &Region, size: usize, from: *const u8, from_held: &Region, to: *mut u8, to_held: &Region) {
    if what.is_empty() {
        return;
    }
    let at = |held: &Region| {
        let strides = c_strides(&held.extents(), size);
        let offset: i64 = (0..what.lo.n()).map(|d| (what.lo[d] - held.lo[d]) * strides[d]).sum();
        (offset as isize, strides)
    };
    let ((from_at, from_strides), (to_at, to_strides)) = (at(from_held), at(to_held));
    // SAFETY: both memories hold the box and are different.
    unsafe {
        copy_elements(
            &what.extents(),
            size,
            to.offset(to_at),
            &to_strides,
            from.offset(from_at),
            &from_strides,
        );
    }
}

/// The parts of a blocked buffer, put together on every rank: a new storage of the whole base.
pub fn gather(buffer: &Buffer) -> Result<*mut Storage, Raise> {
    let Some(part) = &buffer.part else {
        buffer.storage().users += 1;
        return Ok(buffer.storage);
    };
    let size = buffer.dtype.size();
    let storage = new_storage(buffer, buffer.bytes())?;
    // SAFETY: just made.
    let to = unsafe { (*storage).ptr };
    let own = part.region(rank());
    let mut send = vec![0u8; own.len() * size];
    if let Some(local) = &buffer.storage().local {
        copy_box(&own, size, buffer.storage().ptr, &local.held, send.as_mut_ptr(), &own);
    }
    let regions: Vec<Region> = (0..world::size()).map(|r| part.region(r)).collect();
    let lens: Vec<u64> = regions.iter().map(|r| (r.len() * size) as u64).collect();
    let whole = Region::whole(&buffer.base);
    if part.is_rows() {
        // Blocks of rows in rank order are the array itself.
        // SAFETY: the new storage has as many bytes as all parts together.
        let out = unsafe { std::slice::from_raw_parts_mut(to, buffer.bytes()) };
        world::all_gather(&send, &lens, out);
        return Ok(storage);
    }
    let mut all = vec![0u8; buffer.bytes()];
    world::all_gather(&send, &lens, &mut all);
    let mut at = 0;
    for region in &regions {
        copy_box(region, size, all[at..].as_ptr(), region, to, &whole);
        at += region.len() * size;
    }
    Ok(storage)
}

/// Makes a buffer replicated for good.
pub fn replicate(buffer: &mut Buffer) -> Result<(), Raise> {
    if buffer.part.is_some() {
        let storage = gather(buffer)?;
        replace_storage(buffer, storage, None);
    }
    Ok(())
}

/// A replicated array with the elements of `array`, which may be blocked.
pub fn gathered(array: &Array) -> Result<OwnedArray, Raise> {
    if !array.is_blocked() {
        return Ok(array.share());
    }
    let buffer = array.buffer();
    let storage = gather(buffer)?;
    let whole = Buffer::new(buffer.dtype, buffer.base, storage, None);
    Ok(Array::wrap(whole, array.offset(), array.shape(), array.strides()))
}

/// Reads one base element, on every rank.
pub fn read_element(buffer: &Buffer, index: &Dims, out: &mut [u8]) {
    let Some(part) = &buffer.part else { return };
    let owner = part.owner(index);
    if owner == rank() {
        // SAFETY: the owner holds the element.
        unsafe { std::ptr::copy_nonoverlapping(element_ptr(buffer, index), out.as_mut_ptr(), out.len()) };
    }
    world::broadcast(out, owner);
}

/// Writes one base element where it lives.
pub fn write_element(buffer: &Buffer, index: &Dims, bytes: &[u8]) {
    let Some(part) = &buffer.part else { return };
    if part.owner(index) == rank() {
        // SAFETY: the owner holds the element.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), element_ptr(buffer, index), bytes.len()) };
    }
    if let Some(local) = &mut buffer.storage().local {
        local.spoil_margins();
    }
}

/// Address of a base element that this rank holds.
fn element_ptr(buffer: &Buffer, index: &Dims) -> *mut u8 {
    let storage = buffer.storage();
    let Some(local) = &storage.local else {
        return storage.ptr;
    };
    let strides = local.strides(buffer.dtype.size());
    let at: i64 = (0..index.n()).map(|d| (index[d] - local.held.lo[d]) * strides[d]).sum();
    storage.ptr.wrapping_offset(at as isize)
}

/// Makes memory on every rank equal to rank 0's.
pub fn broadcast_memory(ptr: *mut u8, bytes: usize) {
    if is_world() && bytes > 0 {
        // SAFETY: callers pass memory of that many bytes.
        world::broadcast(unsafe { std::slice::from_raw_parts_mut(ptr, bytes) }, 0);
    }
}

/// Makes a byte string on every rank rank 0's, whatever its length was.
pub fn broadcast_vec(bytes: &mut Vec<u8>) -> Result<(), Raise> {
    let mut len = (bytes.len() as u64).to_ne_bytes();
    broadcast_memory(len.as_mut_ptr(), len.len());
    bytes.resize(u64::from_ne_bytes(len) as usize, 0);
    broadcast_memory(bytes.as_mut_ptr(), bytes.len());
    Ok(())
}
