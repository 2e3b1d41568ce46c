//! Values of any signature to Python and back. Lists are [`lists`]'s.

use super::{Object, ask, ask_object, ask_text, attempt, decref, exports, foreign, generators, lists, table};
use crate::array::OwnedArray;
use crate::error::Raise;
use crate::objects::{Data, List, Sig, Val, new_str};
use crate::text::Scalar;
use lnp_abi::provider::python::{PyRef, PyText, PyTextKind};
use lnp_abi::{DType, ExceptionKind};

/// A scalar that the interpreter makes without failing.
pub fn scalar(make: impl FnOnce(&lnp_abi::provider::python::PythonTable) -> PyRef) -> Result<PyRef, Raise> {
    super::start()?;
    Ok(table().map_or(std::ptr::null_mut(), make))
}

/// A Python object for a value: owned, null on ranks without the interpreter. Collective.
pub fn to_python(value: &Val) -> Result<PyRef, Raise> {
    match value {
        // SAFETY (scalars): a running provider.
        // SAFETY: a running provider, and arguments that live during the call.
        Val::Int(x) => scalar(|table| unsafe { (table.from_i64)(*x) }),
        // SAFETY: a running provider, and arguments that live during the call.
        Val::Bool(x) => scalar(|table| unsafe { (table.from_bool)(*x as u8) }),
        // SAFETY: a running provider, and arguments that live during the call.
        Val::Float(x) => scalar(|table| unsafe { (table.from_f64)(*x) }),
        // SAFETY: a running provider, and arguments that live during the call.
        Val::Complex(re, im) => scalar(|table| unsafe { (table.from_c128)(*re, *im) }),
        // SAFETY: a running provider, and arguments that live during the call.
        Val::None => scalar(|table| unsafe { (table.none)() }),
        Val::Str(text) => {
            let text = PyText {
                ptr: text.as_ptr(),
                len: text.len() as u64,
            };
            // SAFETY: live text.
            scalar(|table| unsafe { (table.from_str)(text) })
        }
        Val::Np(scalar) => {
            let (dtype, bytes) = scalar_bytes(*scalar);
            // SAFETY: an element of that dtype.
            ask_object(|table, out| unsafe { (table.from_numpy)(dtype as u8, bytes.as_ptr(), out) })
        }
        Val::Array(array) => exports::to_python(*array),
        Val::Object(object) => {
            // SAFETY: a live object.
            let py = unsafe { super::py_of(object.cast()) };
            // SAFETY: live; the caller gets a share of its own.
            scalar(|table| {
                // SAFETY: a running provider, and arguments that live during the call.
                unsafe { (table.incref)(py) };
                py
            })
        }
        Val::Rng(rng) => generators::to_python(*rng),
        Val::Tuple(items) => sequence(&all_to_python(items.iter().cloned())?, true),
        Val::List(list) => lists::to_python(list.cast_mut().cast()),
    }
}

/// Python objects for values, owned. Collective.
pub fn all_to_python<'v>(items: impl Iterator<Item = Val<'v>>) -> Result<Vec<PyRef>, Raise> {
    let mut refs = Vec::new();
    for item in items {
        match to_python(&item) {
            Ok(item) => refs.push(item),
            Err(error) => {
                refs.into_iter().for_each(decref);
                return Err(error);
            }
        }
    }
    Ok(refs)
}

/// A tuple or list of items, which are handed over. Collective.
pub fn sequence(items: &[PyRef], tuple: bool) -> Result<PyRef, Raise> {
    // SAFETY: owned items.
    ask_object(|table, out| unsafe { (table.from_items)(tuple as u8, items.as_ptr(), items.len() as u64, out) })
}

/// The items of a Python list from `first` on. Collective.
pub fn elements(sig: &Sig, py: PyRef, first: usize) -> Result<Data, Raise> {
    let mut data = Data::of_sig(sig);
    // SAFETY: a live object, and room for the result.
    for k in first as u64..ask(0u64, |table, out| unsafe { (table.n_items)(py, 0, out) })? {
        let item = item_of(py, k)?;
        let mut slots = Vec::with_capacity(sig.width());
        let read = from_python(sig, item, &mut slots);
        decref(item);
        if let Err(error) = read {
            data.release_all();
            return Err(error);
        }
        data.push_owned(&slots);
    }
    Ok(data)
}

fn item_of(py: PyRef, k: u64) -> Result<PyRef, Raise> {
    // SAFETY: a live sequence with that item, and room for the result.
    ask_object(|table, out| unsafe { (table.item)(py, k, out) })
}

/// A new list of a Python list's items. Collective.
pub fn to_list(py: PyRef, sig: &Sig) -> Result<*mut List, Raise> {
    Ok(List::from_data(elements(sig, py, 0)?))
}

/// The letter of the kind of value that `sig` describes.
fn letter(sig: &Sig) -> u8 {
    match sig {
        Sig::Int => b'i',
        Sig::Bool => b'b',
        Sig::Float => b'f',
        Sig::Complex => b'c',
        Sig::Str => b's',
        Sig::None => b'N',
        Sig::Np(DType::Bool) => b'?',
        Sig::Np(DType::I32) => b'h',
        Sig::Np(DType::I64) => b'l',
        Sig::Np(DType::F32) => b'e',
        Sig::Np(DType::F64) => b'd',
        Sig::Np(DType::C128) => b'C',
        Sig::Array => b'a',
        Sig::List => b'L',
        Sig::Tuple(_) => b'(',
        Sig::Object | Sig::Rng | Sig::Union(_) => b'o',
    }
}

fn kind_of(py: PyRef) -> Result<u8, Raise> {
    // SAFETY: a live object, and room for the result.
    ask(b'o', |table, out| unsafe {
        *out = (table.kind)(py);
        0
    })
}

/// Appends a value's slots, references owned. Collective.
fn from_python(sig: &Sig, py: PyRef, out: &mut Vec<u64>) -> Result<(), Raise> {
    if !matches!(sig, Sig::Object) {
        let kind = kind_of(py)?;
        if let Sig::Union(items) = sig {
            let chosen = items.iter().position(|item| letter(item) == kind);
            let Some(tag) = chosen else { return Err(wrong_kind(py)) };
            let start = out.len();
            out.push(tag as u64);
            from_python(&items[tag], py, out)?;
            out.resize(start + sig.width(), 0);
            return Ok(());
        }
        if letter(sig) != kind {
            return Err(wrong_kind(py));
        }
    }
    match sig {
        // SAFETY (all calls): a live object, and room for the result.
        // SAFETY: a live object, and room for the result.
        Sig::Int => out.push(ask(0i64, |table, to| unsafe { (table.to_i64)(py, to) })? as u64),
        // SAFETY: a live object, and room for the result.
        Sig::Bool => out.push(ask(0u8, |table, to| unsafe { (table.to_bool)(py, to) })?.into()),
        // SAFETY: a live object, and room for the result.
        Sig::Float => out.push(ask(0f64, |table, to| unsafe { (table.to_f64)(py, to) })?.to_bits()),
        Sig::Complex => {
            // SAFETY: a live object, and room for the result.
            let parts = ask([0f64; 2], |table, to| unsafe { (table.to_c128)(py, to) })?;
            out.extend(parts.map(f64::to_bits));
        }
        Sig::Str => {
            // SAFETY: a live object, and room for the result.
            let text = ask_text(|table, to| unsafe { (table.to_text)(py, PyTextKind::Exact as u8, to) })?;
            out.push(new_str(&text) as u64);
        }
        Sig::None => {}
        Sig::Np(dtype) => out.extend(&numpy_slots(py, *dtype)?[..sig.width()]),
        Sig::Array => out.push(OwnedArray::into_raw(foreign::to_array(py, u8::MAX, u8::MAX)?) as u64),
        Sig::Object => {
            attempt(|table| {
                // SAFETY: a running provider, and arguments that live during the call.
                unsafe { (table.incref)(py) };
                0
            })?;
            out.push(Object::create(py) as u64);
        }
        Sig::Tuple(items) => {
            // SAFETY: a live object, and room for the result.
            let n = ask(0u64, |table, to| unsafe { (table.n_items)(py, 1, to) })?;
            if n != items.len() as u64 {
                return Err(wrong_kind(py));
            }
            for (k, item_sig) in items.iter().enumerate() {
                let item = item_of(py, k as u64)?;
                let read = from_python(item_sig, item, out);
                decref(item);
                read?;
            }
        }
        Sig::List => out.push(lists::known(py)? as u64),
        Sig::Rng | Sig::Union(_) => return Err(wrong_kind(py)),
    }
    Ok(())
}

/// A NumPy scalar's slots, converted as `dtype(object)` would. Collective.
pub fn numpy_slots(py: PyRef, dtype: DType) -> Result<[u64; 2], Raise> {
    // SAFETY: a live object, and room for 16 bytes.
    ask([0u64; 2], |table, out| unsafe {
        (table.to_numpy)(py, dtype as u8, out.cast())
    })
}

fn wrong_kind(py: PyRef) -> Raise {
    // SAFETY: a live object, and room for the result.
    let shown = ask_text(|table, out| unsafe { (table.to_text)(py, PyTextKind::Repr as u8, out) });
    let shown = shown.unwrap_or_default();
    Raise::new(
        ExceptionKind::NotCompiled,
        format!("CPython put {shown} into a list whose elements have another type"),
    )
}

fn scalar_bytes(scalar: Scalar) -> (DType, [u8; 16]) {
    let mut bytes = [0; 16];
    let mut put = |part: &[u8]| bytes[..part.len()].copy_from_slice(part);
    let dtype = match scalar {
        Scalar::Bool(x) => {
            put(&[x as u8]);
            DType::Bool
        }
        Scalar::I32(x) => {
            put(&x.to_ne_bytes());
            DType::I32
        }
        Scalar::I64(x) => {
            put(&x.to_ne_bytes());
            DType::I64
        }
        Scalar::F32(x) => {
            put(&x.to_ne_bytes());
            DType::F32
        }
        Scalar::F64(x) => {
            put(&x.to_ne_bytes());
            DType::F64
        }
        Scalar::C128(re, im) => {
            put(&[re.to_ne_bytes(), im.to_ne_bytes()].concat());
            DType::C128
        }
    };
    (dtype, bytes)
}
