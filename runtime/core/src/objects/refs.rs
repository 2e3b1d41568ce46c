//! Reference counts of every kind of object.
//!
//! Counts are not atomic: only the host program's thread retains and releases. Constants
//! carry a count from `abi::IMMORTAL` up and are never written.

use super::list::List;
use super::string;
use lnp_abi::{IMMORTAL, RefHeader, RefKind};

/// One more owner. Null is nobody's.
///
/// # Safety
/// `object` is null or a live object.
pub unsafe fn retain(object: *mut RefHeader) {
    if object.is_null() {
        return;
    }
    // SAFETY: live; this thread alone counts.
    let head = unsafe { &mut *object };
    if head.count < IMMORTAL {
        head.count += 1;
    }
}

/// One owner less; the last one frees the object.
///
/// # Safety
/// `object` is null or a live object of which the caller owns one share.
pub unsafe fn release(object: *mut RefHeader) {
    if object.is_null() {
        return;
    }
    // SAFETY: live; this thread alone counts.
    let head = unsafe { &mut *object };
    if head.count >= IMMORTAL {
        return;
    }
    head.count -= 1;
    if head.count > 0 {
        return;
    }
    match head.kind {
        // SAFETY: the kind says what the object is, and its last owner is gone.
        RefKind::Array => unsafe { crate::array::free(object.cast()) },
        // SAFETY: as above.
        RefKind::Str => unsafe { string::free(object.cast()) },
        // SAFETY: as above.
        RefKind::List => unsafe { List::free(object.cast()) },
        // SAFETY: as above.
        RefKind::Object => unsafe { crate::python::free(object.cast()) },
        // SAFETY: as above.
        RefKind::Generator => unsafe { crate::routines::rng::free(object.cast()) },
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_retain(object: *mut RefHeader) {
    // SAFETY: compiled code passes live references.
    unsafe { retain(object) }
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_same_object(a: *const RefHeader, b: *const RefHeader) -> u8 {
    u8::from(std::ptr::eq(a, b))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_release(object: *mut RefHeader) {
    // SAFETY: compiled code releases what it owns, once.
    unsafe { release(object) }
}
