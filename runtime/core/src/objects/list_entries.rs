//! The `lnp_list_*` entries.

use super::compare;
use super::list::{Data, List};
use super::slice;
use super::slots;
use super::string::text;
use super::value::Val;
use crate::error::{Raise, guard};
use lnp_abi::{ExceptionKind, RefHeader, StrHeader};

const OUT_OF_RANGE: &str = "list index out of range";

/// The contents of a list argument.
///
/// # Safety
/// `list` is a live list, and no other borrow of its contents is in use.
unsafe fn data<'a>(list: *const List) -> &'a mut Data {
    // SAFETY: the caller's promise.
    unsafe { List::data(list) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_new(sig: *const StrHeader, n_expected: i64) -> *mut List {
    // SAFETY: a live string.
    let sig = unsafe { text(sig) };
    guard(|| List::create(sig, n_expected.max(0) as usize))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_append(list: *mut List, sig: *const StrHeader, element: *const u64) {
    // SAFETY: live arguments.
    let (data, sig, element) = unsafe { (data(list), text(sig), slots::read(element)) };
    guard(|| data.append(sig, element))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_len(list: *const List) -> i64 {
    // SAFETY: a live list.
    unsafe { data(list) }.len() as i64
}

/// The bits of slot `what & 255` of element `idx`.
fn get(data: &Data, idx: i64, what: i64) -> Result<u64, Raise> {
    let message = match (what >> 8 & 1, data.is_empty()) {
        (0, _) => OUT_OF_RANGE,
        (_, true) => "pop from empty list",
        (_, false) => "pop index out of range",
    };
    let idx = data.position(idx, message)?;
    // A slot beyond the element belongs to a value without slots.
    Ok(data.slots(idx).get((what & 255) as usize).copied().unwrap_or(0))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_get_i64(list: *const List, idx: i64, what: i64) -> i64 {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| get(data, idx, what).map(|bits| bits as i64))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_get_f64(list: *const List, idx: i64, what: i64) -> f64 {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| get(data, idx, what).map(f64::from_bits))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_get_ref(list: *const List, idx: i64, what: i64) -> *mut RefHeader {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    let object: *mut RefHeader = guard(|| get(data, idx, what).map(|bits| bits as *mut RefHeader));
    // SAFETY: the slot holds a reference, as the caller knows, and the list keeps it alive.
    unsafe { super::refs::retain(object) };
    object
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_set(list: *mut List, idx: i64, element: *const u64) {
    // SAFETY: live arguments.
    let (data, element) = unsafe { (data(list), slots::read(element)) };
    guard(|| data.set(idx, element))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_insert(list: *mut List, idx: i64, sig: *const StrHeader, element: *const u64) {
    // SAFETY: live arguments.
    let (data, sig, element) = unsafe { (data(list), text(sig), slots::read(element)) };
    guard(|| data.insert(idx, sig, element))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_delete(list: *mut List, idx: i64) {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| data.delete(idx))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_extend(list: *mut List, other: *const List) {
    guard(|| {
        if std::ptr::eq(list, other) {
            // SAFETY: a live list, borrowed once.
            let data = unsafe { data(list) };
            return data.extend_self(data.len());
        }
        // SAFETY: two live lists.
        let (data, other) = unsafe { (data(list), data(other)) };
        data.extend_from(other, 0, 1, other.len())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_concat(left: *const List, right: *const List) -> *mut List {
    guard(|| {
        let mut result = Data::default();
        for part in [left, right] {
            // SAFETY: a live list; the borrow ends with the iteration.
            let part = unsafe { data(part) };
            if let Err(error) = result.extend_from(part, 0, 1, part.len()) {
                result.release_all();
                return Err(error);
            }
        }
        Ok(List::from_data(result))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_repeat(list: *const List, times: i64) -> *mut List {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| {
        let times = times.max(0) as usize;
        if data
            .len()
            .checked_mul(times)
            .is_none_or(|n| n > isize::MAX as usize / 8)
        {
            return Err(Raise::new(ExceptionKind::MemoryError, ""));
        }
        let mut result = Data::default();
        result.extend_from(data, 0, 1, 0)?;
        for _ in 0..if data.is_empty() { 0 } else { times } {
            if let Err(error) = result.extend_from(data, 0, 1, data.len()) {
                result.release_all();
                return Err(error);
            }
        }
        Ok(List::from_data(result))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_slice(list: *const List, flags: i64, start: i64, stop: i64, step: i64) -> *mut List {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| {
        let range = slice::resolve(data.len(), flags, start, stop, step)?;
        let mut result = Data::default();
        result.extend_from(data, range.start, range.step, range.count)?;
        Ok(List::from_data(result))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_sort(list: *mut List, reverse: u8) {
    // SAFETY: a live list.
    let data = unsafe { data(list) };
    guard(|| compare::sort(data, reverse != 0))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_reverse(list: *mut List) {
    // SAFETY: a live list.
    unsafe { data(list) }.reverse();
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_find(list: *const List, wanted: *const u64) -> i64 {
    // SAFETY: live arguments.
    let (data, wanted) = unsafe { (data(list), slots::read(wanted)) };
    guard(|| {
        let Some(sig) = data.sig() else { return Ok(-1) };
        if wanted.len() < sig.width() {
            return Ok(-1);
        }
        // SAFETY: the caller passes a value of the list's signature.
        let wanted = unsafe { Val::read(sig, wanted) };
        for idx in 0..data.len() {
            // SAFETY: comparing does not change the list.
            if compare::elements_equal(&unsafe { Val::element(data, idx) }, &wanted)? {
                return Ok(idx as i64);
            }
        }
        Ok(-1)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_list_equal(left: *const List, right: *const List) -> u8 {
    guard(|| {
        // SAFETY: live lists.
        let equal = std::ptr::eq(left, right) || compare::lists_equal(unsafe { data(left) }, unsafe { data(right) })?;
        Ok(equal as u8)
    })
}
