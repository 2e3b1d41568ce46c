//! `Slots` arguments: a pointer to a count and that many 8-byte slots.

/// The slots of an argument.
///
/// # Safety
/// `slots` is null or points to a count followed by as many slots, live for `'a`.
pub unsafe fn read<'a>(slots: *const u64) -> &'a [u64] {
    if slots.is_null() {
        return &[];
    }
    // SAFETY: the count comes first.
    let count = unsafe { *slots } as usize;
    // SAFETY: `count` slots follow it.
    unsafe { std::slice::from_raw_parts(slots.add(1), count) }
}
