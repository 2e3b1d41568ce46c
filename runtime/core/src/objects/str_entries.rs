//! The `lnp_str_*` entries over whole strings: concatenation, indexing, methods by code.

use super::list::List;
use super::refs::release;
use super::slice;
use super::slots;
use super::str_methods as methods;
use super::string::{append, byte_offset, new_str, text};
use super::value::Val;
use crate::error::{Raise, guard};
use lnp_abi::{ExceptionKind, StrHeader, StrMethod};

/// The strings of a `Slots` argument.
///
/// # Safety
/// The slots hold live strings.
unsafe fn strings<'a>(args: *const u64) -> Vec<&'a str> {
    // SAFETY: the caller's promise.
    let slots = unsafe { slots::read(args) };
    // SAFETY: the caller's promise.
    slots
        .iter()
        .map(|&slot| unsafe { text(slot as *const StrHeader) })
        .collect()
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_concat(parts: *const u64) -> *mut StrHeader {
    // SAFETY: compiled code passes live strings.
    new_str(&unsafe { strings(parts) }.concat())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_append(parts: *const u64) -> *mut StrHeader {
    // SAFETY: compiled code passes live strings, the first of which it gives up.
    let first = unsafe { slots::read(parts) }[0] as *mut StrHeader;
    // SAFETY: as above.
    let parts = unsafe { strings(parts) };
    // SAFETY: a live string.
    if unsafe { (*first).head.count } != 1 {
        let joined = new_str(&parts.concat());
        // SAFETY: the count that was given up.
        unsafe { release(first.cast()) };
        return joined;
    }
    let more = parts[1..].concat();
    // SAFETY: the count that was given up is the only one; `more` is a copy.
    unsafe { append(first, &more) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_repeat(s: *const StrHeader, times: i64) -> *mut StrHeader {
    // SAFETY: a live string.
    let s = unsafe { text(s) };
    guard(|| {
        let times = times.max(0) as usize;
        let mut out = String::new();
        s.len()
            .checked_mul(times)
            .and_then(|n| out.try_reserve_exact(n).ok())
            .ok_or_else(|| Raise::new(ExceptionKind::MemoryError, ""))?;
        if !s.is_empty() {
            (0..times).for_each(|_| out.push_str(s));
        }
        Ok(new_str(&out))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_compare(a: *const StrHeader, b: *const StrHeader) -> i64 {
    // SAFETY: live strings. UTF-8 orders as its code points do.
    let (a, b) = unsafe { (text(a), text(b)) };
    a.cmp(b) as i64
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_contains(haystack: *const StrHeader, needle: *const StrHeader) -> u8 {
    // SAFETY: live strings.
    let (haystack, needle) = unsafe { (text(haystack), text(needle)) };
    haystack.contains(needle) as u8
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_len(s: *const StrHeader) -> i64 {
    // SAFETY: a live string.
    unsafe { (*s).n_chars as i64 }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_index(s: *const StrHeader, idx: i64) -> *mut StrHeader {
    // SAFETY: a live string.
    let (header, s) = unsafe { (&*s, text(s)) };
    guard(|| {
        let n = header.n_chars as i64;
        let at = if idx < 0 { idx + n } else { idx };
        if !(0..n).contains(&at) {
            return Err(Raise::index("string index out of range"));
        }
        let start = byte_offset(header, s, at as usize);
        let end = start + s[start..].chars().next().map_or(0, char::len_utf8);
        Ok(new_str(&s[start..end]))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_slice(
    s: *const StrHeader,
    flags: i64,
    start: i64,
    stop: i64,
    step: i64,
) -> *mut StrHeader {
    // SAFETY: a live string.
    let (header, s) = unsafe { (&*s, text(s)) };
    guard(|| {
        let range = slice::resolve(header.n_chars as usize, flags, start, stop, step)?;
        if range.step == 1 {
            let from = byte_offset(header, s, range.start as usize);
            let to = byte_offset(header, s, range.start as usize + range.count);
            return Ok(new_str(&s[from..to]));
        }
        let chars: Vec<char> = s.chars().collect();
        let picked = (0..range.count as i64).filter_map(|k| chars.get((range.start + k * range.step) as usize));
        Ok(new_str(&picked.collect::<String>()))
    })
}

fn method(code: i64) -> Result<StrMethod, Raise> {
    StrMethod::from_code(code).ok_or_else(|| Raise::new(ExceptionKind::AttributeError, "unknown string method"))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_method_str(
    code: i64,
    s: *const StrHeader,
    args: *const u64,
    int: i64,
) -> *mut StrHeader {
    // SAFETY: live strings.
    let (s, args) = unsafe { (text(s), strings(args)) };
    guard(|| Ok(new_str(&methods::to_str(method(code)?, s, &args, int)?)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_method_i64(code: i64, s: *const StrHeader, args: *const u64, _int: i64) -> i64 {
    // SAFETY: live strings.
    let (s, args) = unsafe { (text(s), strings(args)) };
    guard(|| methods::to_int(method(code)?, s, &args))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_method_list(code: i64, s: *const StrHeader, args: *const u64, int: i64) -> *mut List {
    // SAFETY: live strings.
    let (s, args) = unsafe { (text(s), strings(args)) };
    guard(|| {
        Ok(List::of_strs(
            methods::to_list(method(code)?, s, &args, int)?.into_iter(),
        ))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_join(separator: *const StrHeader, list: *const List) -> *mut StrHeader {
    // SAFETY: a live string and a live list.
    let (separator, data) = unsafe { (text(separator), List::data(list)) };
    guard(|| {
        let mut out = String::new();
        for idx in 0..data.len() {
            // SAFETY: joining does not change the list.
            match unsafe { Val::element(data, idx) } {
                Val::Str(item) => {
                    if idx > 0 {
                        out.push_str(separator);
                    }
                    out.push_str(item);
                }
                other => {
                    let name = other.type_name();
                    let text = format!("sequence item {idx}: expected str instance, {name} found");
                    return Err(Raise::type_(text));
                }
            }
        }
        Ok(new_str(&out))
    })
}
