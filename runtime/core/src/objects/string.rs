//! `str` objects: immutable UTF-8, counted, with their length in code points.
//!
//! A string made at run time is one allocation: the header, then the bytes.

use lnp_abi::{RefHeader, RefKind, StrHeader};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};

/// A new string, owned by the caller.
pub fn new_str(text: &str) -> *mut StrHeader {
    let layout = layout(text.len());
    // SAFETY: the layout has the header's size, so it is not zero-sized.
    let header = unsafe { alloc(layout) }.cast::<StrHeader>();
    if header.is_null() {
        handle_alloc_error(layout);
    }
    // SAFETY: the allocation has room for the bytes behind the header.
    let data = unsafe { header.add(1) }.cast::<u8>();
    // SAFETY: as above; a fresh allocation overlaps nothing.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), data, text.len()) };
    let n_chars = if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    };
    // SAFETY: `header` is valid for a write and aligned by its layout.
    unsafe {
        header.write(StrHeader {
            head: RefHeader {
                count: 1,
                kind: RefKind::Str,
            },
            len: text.len() as u64,
            n_chars: n_chars as u64,
            data,
            room: text.len() as u64,
        })
    };
    header
}

/// Appends to a string whose only owner is the caller, who owns the result instead.
///
/// # Safety
/// `header` came from this module and nothing else refers to it.
pub(super) unsafe fn append(header: *mut StrHeader, more: &str) -> *mut StrHeader {
    // SAFETY: the caller's promise.
    let StrHeader { len, room, .. } = unsafe { header.read() };
    let (len, room) = (len as usize, room as usize);
    let needed = len + more.len();
    let mut header = header;
    if needed > room {
        // Twice the room each time, so that many appends copy little.
        let more_room = needed.saturating_mul(2);
        let new = layout(more_room);
        // SAFETY: the layout it was made with, and a size that is not zero.
        header = unsafe { realloc(header.cast(), layout(room), new.size()) }.cast();
        if header.is_null() {
            handle_alloc_error(new);
        }
        // SAFETY: a live header with that much room behind it.
        unsafe {
            (*header).room = more_room as u64;
            (*header).data = header.add(1).cast();
        }
    }
    // SAFETY: room for the bytes behind those that are there.
    unsafe {
        let end = header.add(1).cast::<u8>().add(len);
        std::ptr::copy_nonoverlapping(more.as_ptr(), end, more.len());
        (*header).len = needed as u64;
        (*header).n_chars += more.chars().count() as u64;
    }
    header
}

/// The text of a string object.
///
/// # Safety
/// `header` is a live `str` (as compiled code passes them), for as long as `'a` is used.
pub unsafe fn text<'a>(header: *const StrHeader) -> &'a str {
    // SAFETY: the caller's promise.
    let header = unsafe { &*header };
    if header.len == 0 {
        return "";
    }
    // SAFETY: a string's `data` holds `len` bytes, from `new_str` or from codegen.
    let bytes = unsafe { std::slice::from_raw_parts(header.data, header.len as usize) };
    // SAFETY: both take them from a Rust `str`.
    unsafe { std::str::from_utf8_unchecked(bytes) }
}

/// Frees a string whose last owner is gone.
///
/// # Safety
/// `header` came from [`new_str`], and nothing refers to it any more.
pub(super) unsafe fn free(header: *mut StrHeader) {
    // SAFETY: live until the next line.
    let room = unsafe { (*header).room } as usize;
    // SAFETY: the layout it was made with.
    unsafe { dealloc(header.cast(), layout(room)) };
}

fn layout(len: usize) -> Layout {
    // A `str`'s length is at most isize::MAX - header only in theory; saturate so that the
    // allocation fails instead of wrapping.
    let size = size_of::<StrHeader>().saturating_add(len).min(isize::MAX as usize - 16);
    Layout::from_size_align(size, align_of::<StrHeader>()).unwrap_or(Layout::new::<StrHeader>())
}

/// Byte offset of code point `idx` (at most the number of code points).
pub(super) fn byte_offset(header: &StrHeader, text: &str, idx: usize) -> usize {
    if header.n_chars == header.len {
        return idx;
    }
    text.char_indices().nth(idx).map_or(text.len(), |(offset, _)| offset)
}

/// Code points before a byte offset.
pub(super) fn char_index(text: &str, offset: usize) -> i64 {
    text[..offset].chars().count() as i64
}
