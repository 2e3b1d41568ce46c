//! The `lnp_py_*` entries.

use super::{Object, ask, ask_object, ask_text, exports, foreign, generators, lists, py_of, values};
use crate::array;
use crate::dist;
use crate::error::{Raise, guard};
use crate::objects::{List, Sig, Val, interrupt, new_str, output, read_slots, text};
use lnp_abi::provider::python::{PyRef, PyTextKind};
use lnp_abi::{ArrayHeader, Complex, DType, PyUnitDesc, RefHeader, StrHeader};

/// An object for compiled code, from an owned one of Python's.
fn owned(py: Result<PyRef, Raise>) -> *mut Object {
    guard(|| Ok(Object::create(py?)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_run(unit: *const PyUnitDesc, inputs: *const u64) -> *mut Object {
    // SAFETY: slots of objects; null for a variable without a value.
    let inputs: Vec<PyRef> = unsafe { read_slots(inputs) }
        .iter()
        .map(|&slot| unsafe { py_of(slot as *const Object) })
        .collect();
    guard(|| {
        let flushed = output::flush();
        if !dist::is_world() {
            flushed?;
        }
        generators::before_unit()?;
        // SAFETY: a static descriptor, its inputs, and room for the result.
        let result =
            ask_object(|table, out| interrupt::in_python(|| unsafe { (table.run)(unit, inputs.as_ptr(), out) }));
        array::refresh_pinned();
        foreign::refresh();
        lists::take_back(result.is_ok())?;
        if result.is_ok() {
            generators::after_unit()?;
        }
        exports::collect();
        Ok(Object::create(result?))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_item(object: *mut Object, k: i64) -> *mut Object {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    // SAFETY: a live tuple with that item, and room for the result.
    owned(ask_object(|table, out| unsafe { (table.item)(py, k as u64, out) }))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_unbound() -> *mut Object {
    Object::create(std::ptr::null_mut())
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_none() -> *mut Object {
    owned(values::to_python(&Val::None))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_i64(x: i64) -> *mut Object {
    owned(values::to_python(&Val::Int(x)))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_bool(x: u8) -> *mut Object {
    owned(values::to_python(&Val::Bool(x != 0)))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_f64(x: f64) -> *mut Object {
    owned(values::to_python(&Val::Float(x)))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_c128(x: Complex) -> *mut Object {
    owned(values::to_python(&Val::Complex(x.re, x.im)))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_from_numpy(dtype: i64, slots: *const u64) -> *mut Object {
    // SAFETY: the slots of such a scalar.
    let slots = unsafe { read_slots(slots) };
    owned(match u8::try_from(dtype).ok().and_then(DType::from_code) {
        Some(dtype) => values::to_python(&Val::Np(crate::objects::scalar(dtype, slots))),
        None => Err(Raise::type_("unknown dtype")),
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_from_str(s: *const StrHeader) -> *mut Object {
    // SAFETY: a live string.
    owned(values::to_python(&Val::Str(unsafe { text(s) })))
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_array(array: *mut ArrayHeader) -> *mut Object {
    owned(exports::to_python(array))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_from_value(sig: *const StrHeader, slots: *const u64) -> *mut Object {
    // SAFETY: a live string, and slots of such a value.
    let (sig, slots) = unsafe { (text(sig), read_slots(slots)) };
    owned(match Sig::parse(sig) {
        // SAFETY: as above.
        Some(parsed) if slots.len() >= parsed.width() => values::to_python(&unsafe { Val::read(&parsed, slots) }),
        _ => Err(Raise::type_(format!("bad signature '{sig}'"))),
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn lnp_py_from_rng(rng: *mut RefHeader) -> *mut Object {
    owned(generators::to_python(rng))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_i64(object: *mut Object) -> i64 {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    // SAFETY: a live object, and room for the result.
    guard(|| ask(0i64, |table, out| unsafe { (table.to_i64)(py, out) }))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_f64(object: *mut Object) -> f64 {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    // SAFETY: a live object, and room for the result.
    guard(|| ask(0f64, |table, out| unsafe { (table.to_f64)(py, out) }))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_bool(object: *mut Object) -> u8 {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    // SAFETY: a live object, and room for the result.
    guard(|| ask(0u8, |table, out| unsafe { (table.to_bool)(py, out) }))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_c128(object: *mut Object) -> Complex {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    // SAFETY: a live object, and room for the result.
    guard(|| ask([0f64; 2], |table, out| unsafe { (table.to_c128)(py, out) }).map(|[re, im]| Complex { re, im }))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_str(object: *mut Object) -> *mut StrHeader {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    guard(|| {
        // SAFETY: a live object, and room for the result.
        let text = ask_text(|table, out| unsafe { (table.to_text)(py, PyTextKind::Exact as u8, out) })?;
        Ok(new_str(&text))
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_array(object: *mut Object, dtype: i64, ndim: i64) -> *mut ArrayHeader {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    guard(|| Ok(foreign::to_array(py, dtype as u8, ndim as u8)?.into_raw()))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_list(object: *mut Object, sig: *const StrHeader) -> *mut List {
    // SAFETY: a live object and a live string.
    let (py, sig) = unsafe { (py_of(object), text(sig)) };
    guard(|| {
        let parsed = Sig::parse(sig).ok_or_else(|| Raise::type_(format!("bad signature '{sig}'")))?;
        values::to_list(py, &parsed)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_py_to_numpy(object: *mut Object, dtype: i64, part: i64) -> i64 {
    // SAFETY: a live object.
    let py = unsafe { py_of(object) };
    guard(|| {
        let dtype = u8::try_from(dtype)
            .ok()
            .and_then(DType::from_code)
            .unwrap_or(DType::F64);
        Ok(values::numpy_slots(py, dtype)?[(part & 1) as usize] as i64)
    })
}
