//! Entries that turn values into text and text into values.

use super::sig::Sig;
use super::slots;
use super::string::{new_str, text as text_of};
use super::value::{Val, array_text, raise_text};
use crate::error::{Raise, guard};
use crate::text;
use lnp_abi::provider::python::PyTextKind;
use lnp_abi::{ArrayHeader, Complex, StrHeader};

#[unsafe(no_mangle)]
pub extern "C" fn lnp_str_from_i64(x: i64) -> *mut StrHeader {
    new_str(&text::int_str(x))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_str_from_bool(x: u8) -> *mut StrHeader {
    new_str(text::bool_str(x != 0))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_str_from_f64(x: f64) -> *mut StrHeader {
    new_str(&text::float_repr(x))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_str_from_f32(x: f32) -> *mut StrHeader {
    new_str(&text::float32_str(x))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_str_from_c128(x: Complex) -> *mut StrHeader {
    new_str(&text::complex_repr(x.re, x.im))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_from_array(array: *mut ArrayHeader) -> *mut StrHeader {
    guard(|| Ok(new_str(&array_text(array, PyTextKind::Str)?)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_repr_array(array: *mut ArrayHeader) -> *mut StrHeader {
    guard(|| Ok(new_str(&array_text(array, PyTextKind::Repr)?)))
}

/// Runs `f` on the value that a signature and slots describe.
///
/// # Safety
/// The arguments are a live string and slots of such a value.
unsafe fn with_value(
    sig: *const StrHeader,
    values: *const u64,
    f: impl FnOnce(&Val) -> Result<String, Raise>,
) -> *mut StrHeader {
    // SAFETY: the caller's promise.
    let (sig, values) = unsafe { (text_of(sig), slots::read(values)) };
    guard(|| {
        let bad = || Raise::type_(format!("bad signature '{sig}'"));
        let parsed = Sig::parse(sig).ok_or_else(bad)?;
        if values.len() < parsed.width() {
            return Err(bad());
        }
        // SAFETY: the slots hold a value of that signature.
        Ok(new_str(&f(&unsafe { Val::read(&parsed, values) })?))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_repr_value(sig: *const StrHeader, values: *const u64) -> *mut StrHeader {
    // SAFETY: compiled code passes a signature and matching slots.
    unsafe { with_value(sig, values, |value| value.repr()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_str_value(sig: *const StrHeader, values: *const u64) -> *mut StrHeader {
    // SAFETY: compiled code passes a signature and matching slots.
    unsafe { with_value(sig, values, |value| value.str()) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_value(
    sig: *const StrHeader,
    values: *const u64,
    spec: *const StrHeader,
) -> *mut StrHeader {
    // SAFETY: a live string.
    let spec = unsafe { text_of(spec) };
    // SAFETY: compiled code passes a signature and matching slots.
    unsafe { with_value(sig, values, |value| value.format(spec)) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_repr_str(s: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    new_str(&text::str_repr(unsafe { text_of(s) }))
}

fn format(value: text::Value, spec: &str) -> *mut StrHeader {
    guard(|| Ok(new_str(&text::format(&value, spec).map_err(raise_text)?)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_i64(x: i64, spec: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    format(text::Value::Int(x), unsafe { text_of(spec) })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_bool(x: u8, spec: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    format(text::Value::Bool(x != 0), unsafe { text_of(spec) })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_f64(x: f64, spec: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    format(text::Value::Float(x), unsafe { text_of(spec) })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_c128(x: Complex, spec: *const StrHeader) -> *mut StrHeader {
    // SAFETY: a live string.
    format(text::Value::Complex(x.re, x.im), unsafe { text_of(spec) })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_format_str(s: *const StrHeader, spec: *const StrHeader) -> *mut StrHeader {
    // SAFETY: live strings.
    let (s, spec) = unsafe { (text_of(s), text_of(spec)) };
    format(text::Value::Str(s), spec)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_percent_format(
    format: *const StrHeader,
    sigs: *const StrHeader,
    values: *const u64,
) -> *mut StrHeader {
    // SAFETY: live strings, and slots that the signatures describe.
    let (format, sigs, values) = unsafe { (text_of(format), text_of(sigs), slots::read(values)) };
    guard(|| {
        let bad = || Raise::type_(format!("bad signature '{sigs}'"));
        let parsed = Sig::parse_all(sigs).ok_or_else(bad)?;
        if values.len() < parsed.iter().map(Sig::width).sum() {
            return Err(bad());
        }
        let mut at = 0;
        let mut read = Vec::with_capacity(parsed.len());
        for sig in &parsed {
            // SAFETY: the slots hold these values one after the other.
            read.push(unsafe { Val::read(sig, &values[at..at + sig.width()]) });
            at += sig.width();
        }
        let out = percent(format, &read, &mut Vec::with_capacity(read.len()))?;
        Ok(new_str(&out))
    })
}

/// Collects the arguments as `text` takes them, each borrowed inside `with_text`, then formats.
fn percent<'v>(format: &str, values: &'v [Val<'v>], done: &mut Vec<text::Value<'_>>) -> Result<String, Raise> {
    let Some((first, rest)) = values.split_first() else {
        return text::percent_format(format, done).map_err(raise_text);
    };
    first.with_text(|value| {
        let mut done: Vec<text::Value> = done.clone();
        done.push(value);
        percent(format, rest, &mut done)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_int_from_str(s: *const StrHeader, base: i64) -> i64 {
    // SAFETY: a live string.
    let s = unsafe { text_of(s) };
    // A base outside u32 is refused like any other outside 2..=36.
    guard(|| text::parse_int(s, u32::try_from(base).unwrap_or(1)).map_err(raise_text))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_float_from_str(s: *const StrHeader) -> f64 {
    // SAFETY: a live string.
    let s = unsafe { text_of(s) };
    guard(|| text::parse_float(s).map_err(raise_text))
}
