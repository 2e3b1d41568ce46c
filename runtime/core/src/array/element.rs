//! Single elements: `a[i, j]`, `a[i, j] = x`, `a.item()`, `len(a)`.

use super::index::{base_index, element_offset};
use super::{Array, Storage, buffer, slots};
use crate::error::{Raise, guard};
use crate::{device, dist};
use lnp_abi::{ArrayHeader, Complex};

/// Reads the element at a byte offset; on every rank when blocked.
#[inline]
fn read<T: Copy>(array: &Array, offset: i64) -> T {
    if array.is_blocked() {
        return read_blocked(array, offset);
    }
    let storage = array.buffer().storage();
    if storage.device.is_host_stale() {
        return read_device(storage, offset);
    }
    let ptr = storage.ptr.wrapping_offset(offset as isize);
    // SAFETY: the offset is of an element of this dtype; foreign memory may be unaligned.
    unsafe { ptr.cast::<T>().read_unaligned() }
}

#[cold]
fn read_device<T: Copy>(storage: &Storage, offset: i64) -> T {
    let mut bytes = [0u8; 16];
    device::peek(storage, offset as usize, &mut bytes[..size_of::<T>()]);
    // SAFETY: `T` is the element's type, at most 16 bytes of plain data.
    unsafe { bytes.as_ptr().cast::<T>().read_unaligned() }
}

#[cold]
fn read_blocked<T: Copy>(array: &Array, offset: i64) -> T {
    let buffer = array.buffer();
    let size = buffer.dtype.size();
    let index = base_index(offset, &buffer.base, size);
    let mut bytes = [0u8; 16];
    dist::read_element(buffer, &index, &mut bytes[..size]);
    // SAFETY: `T` is the element's type, at most 16 bytes of plain data.
    unsafe { bytes.as_ptr().cast::<T>().read_unaligned() }
}

#[inline]
fn write<T: Copy>(array: &Array, offset: i64, value: T) -> Result<(), Raise> {
    let buffer = array.buffer();
    if buffer.is_shared() {
        buffer::make_unique(buffer, None)?;
    }
    if array.is_blocked() {
        write_blocked(array, offset, value);
        return Ok(());
    }
    let storage = buffer.storage();
    if storage.device.is_host_stale() {
        // SAFETY: plain data.
        let bytes = unsafe { std::slice::from_raw_parts((&raw const value).cast::<u8>(), size_of::<T>()) };
        device::poke(storage, offset as usize, bytes);
        return Ok(());
    }
    device::host_written(storage);
    let ptr = storage.ptr.wrapping_offset(offset as isize);
    // SAFETY: as in `read`; the storage is this buffer's own.
    unsafe { ptr.cast::<T>().write_unaligned(value) };
    Ok(())
}

#[cold]
fn write_blocked<T: Copy>(array: &Array, offset: i64, value: T) {
    let buffer = array.buffer();
    let size = buffer.dtype.size();
    let index = base_index(offset, &buffer.base, size);
    // SAFETY: plain data of that size.
    let bytes = unsafe { std::slice::from_raw_parts((&raw const value).cast::<u8>(), size) };
    dist::write_element(buffer, &index, bytes);
}

macro_rules! accessors {
    ($($ty:ty: $get:ident $set:ident $item:ident;)*) => { $(
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $get(array: *mut ArrayHeader, index: *const u64) -> $ty {
            // SAFETY: compiled code passes a live array of this dtype and an index per axis.
            let (array, index) = unsafe { (Array::borrow(array), slots(index)) };
            guard(|| Ok(read(array, element_offset(array, index)?)))
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $set(array: *mut ArrayHeader, index: *const u64, value: $ty) {
            // SAFETY: as above.
            let (array, index) = unsafe { (Array::borrow(array), slots(index)) };
            guard(|| write(array, element_offset(array, index)?, value))
        }

        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $item(array: *mut ArrayHeader) -> $ty {
            // SAFETY: compiled code passes a live array of this dtype.
            let array = unsafe { Array::borrow(array) };
            guard(|| {
                if array.len() != 1 {
                    return Err(Raise::value("can only convert an array of size 1 to a Python scalar"));
                }
                Ok(read(array, array.offset()))
            })
        }
    )* };
}

accessors! {
    u8: lnp_get_bool lnp_set_bool lnp_item_bool;
    i32: lnp_get_i32 lnp_set_i32 lnp_item_i32;
    i64: lnp_get_i64 lnp_set_i64 lnp_item_i64;
    f32: lnp_get_f32 lnp_set_f32 lnp_item_f32;
    f64: lnp_get_f64 lnp_set_f64 lnp_item_f64;
    Complex: lnp_get_c128 lnp_set_c128 lnp_item_c128;
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_len(array: *mut ArrayHeader) -> i64 {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        array
            .shape()
            .first()
            .copied()
            .ok_or_else(|| Raise::type_("len() of unsized object"))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_dtype(array: *mut ArrayHeader) -> i64 {
    // SAFETY: compiled code passes a live array.
    unsafe { Array::borrow(array) }.dtype() as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_ndim(array: *mut ArrayHeader) -> i64 {
    // SAFETY: compiled code passes a live array.
    unsafe { Array::borrow(array) }.ndim() as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_same_shape(a: *mut ArrayHeader, b: *mut ArrayHeader) -> u8 {
    // SAFETY: compiled code passes live arrays.
    let (a, b) = unsafe { (Array::borrow(a), Array::borrow(b)) };
    u8::from(a.shape() == b.shape())
}
