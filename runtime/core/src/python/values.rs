//! Values of any signature to Python and back; lists that Python may change.
//!
//! A native list goes over as a Python list of its own. When the unit that it went to has run,
//! what the Python list then holds is taken back, so that `helper(items)` may append to
//! `items`.

use super::{Object, ask, ask_object, ask_text, attempt, decref, exports, foreign, generators, share, table};
use crate::array::OwnedArray;
use crate::dist;
use crate::error::Raise;
use crate::host::HostCell;
use crate::objects::{Data, List, Sig, Val, new_str, process, release, retain};
use crate::text::Scalar;
use lnp_abi::provider::python::{PyRef, PyText, PyTextKind};
use lnp_abi::{DType, RefHeader};

/// What went to Python and is taken back after the unit that it is an input of.
struct Lent {
    native: *mut RefHeader,
    py: PyRef,
    /// The value that it went over in: itself, or what holds it.
    outer: PyRef,
}

static LENT: HostCell<Vec<Lent>> = HostCell::new(Vec::new());

/// A scalar that the interpreter makes without failing.
pub fn scalar(make: impl FnOnce(&lnp_abi::provider::python::PythonTable) -> PyRef) -> Result<PyRef, Raise> {
    super::start()?;
    Ok(table().map_or(std::ptr::null_mut(), make))
}

/// A Python object for a value: owned, null on ranks without the interpreter. Collective.
pub fn to_python(value: &Val) -> Result<PyRef, Raise> {
    let lent_before = LENT.get().len();
    let py = convert(value)?;
    for (k, item) in LENT.get().iter_mut().enumerate() {
        if k >= lent_before || holds(value, item.outer) {
            item.outer = py;
        }
    }
    Ok(py)
}

/// Whether a value is, or is a tuple that holds, this object.
fn holds(value: &Val, py: PyRef) -> bool {
    match value {
        // SAFETY: a live object.
        Val::Object(object) => unsafe { super::py_of(object.cast()) == py },
        Val::Tuple(items) => items.iter().any(|item| holds(item, py)),
        _ => false,
    }
}

fn convert(value: &Val) -> Result<PyRef, Raise> {
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
        Val::Tuple(items) => sequence(items.iter().cloned(), true),
        Val::List(list) => {
            // SAFETY: a live list, which nothing here changes.
            let data = unsafe { List::data(*list) };
            // SAFETY: as above.
            let py = sequence((0..data.len()).map(|idx| unsafe { Val::element(data, idx) }), false)?;
            lend(list.cast_mut().cast(), py);
            Ok(py)
        }
    }
}

fn sequence<'v>(items: impl Iterator<Item = Val<'v>>, tuple: bool) -> Result<PyRef, Raise> {
    let mut refs = Vec::new();
    for item in items {
        match convert(&item) {
            Ok(item) => refs.push(item),
            Err(error) => {
                refs.into_iter().for_each(decref);
                return Err(error);
            }
        }
    }
    // SAFETY: owned items, handed over.
    ask_object(|table, out| unsafe { (table.from_items)(tuple as u8, refs.as_ptr(), refs.len() as u64, out) })
}

fn lend(native: *mut RefHeader, py: PyRef) {
    // SAFETY: live; held until the next unit has run.
    unsafe { retain(native) };
    if let Some(table) = table() {
        // SAFETY: as above.
        unsafe { (table.incref)(py) };
    }
    LENT.get().push(Lent { native, py, outer: py });
}

/// Whether a unit with these inputs was the one that lists were made for; units
/// that only define what it needs may run in between. Collective: rank 0 alone has the objects.
pub fn any_lent(inputs: &[PyRef]) -> bool {
    let lent = LENT.get();
    if lent.is_empty() {
        return false;
    }
    let taken = process::from_root(|| vec![u8::from(lent.iter().any(|item| inputs.contains(&item.outer)))]);
    taken == [1]
}

/// Takes back what the unit changed. Collective. `wanted`: false after an exception, when
/// nothing reads the values any more.
pub fn take_back(wanted: bool) -> Result<(), Raise> {
    let lent = std::mem::take(LENT.get());
    let mut result = Ok(());
    if wanted {
        for item in &lent {
            let taken = take_list(item, &lent);
            if taken.is_err() {
                result = taken;
                break;
            }
        }
    }
    for item in lent {
        decref(item.py);
        // SAFETY: the share that `lend` took.
        unsafe { release(item.native) };
    }
    result
}

fn take_list(item: &Lent, lent: &[Lent]) -> Result<(), Raise> {
    // SAFETY: a live list; nothing else borrows its contents here.
    let data = unsafe { List::data(item.native.cast()) };
    // SAFETY: a live object, and room for the result.
    let n = ask(0u64, |table, out| unsafe { (table.n_items)(item.py, 0, out) })?;
    let Some(sig) = data.sig().cloned() else {
        // A list that never had an element: its type is not known here.
        return if n == 0 {
            Ok(())
        } else {
            Err(Raise::type_("a list without a type was filled in Python"))
        };
    };
    let taken = elements(&sig, item.py, n, lent)?;
    data.replace(taken);
    Ok(())
}

/// The slots of `n` items of a Python list. Collective.
fn elements(sig: &Sig, py: PyRef, n: u64, lent: &[Lent]) -> Result<Data, Raise> {
    let mut data = Data::of_sig(sig);
    for k in 0..n {
        let item = item_of(py, k)?;
        let mut slots = Vec::with_capacity(sig.width());
        let read = from_python(sig, item, &mut slots, lent);
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
    // SAFETY: a live object, and room for the result.
    let n = ask(0u64, |table, out| unsafe { (table.n_items)(py, 0, out) })?;
    Ok(List::from_data(elements(sig, py, n, &[])?))
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
fn from_python(sig: &Sig, py: PyRef, out: &mut Vec<u64>, lent: &[Lent]) -> Result<(), Raise> {
    if !matches!(sig, Sig::Object) {
        let kind = kind_of(py)?;
        if let Sig::Union(items) = sig {
            let chosen = items.iter().position(|item| letter(item) == kind);
            let Some(tag) = chosen else { return Err(wrong_kind(py)) };
            let start = out.len();
            out.push(tag as u64);
            from_python(&items[tag], py, out, lent)?;
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
                let read = from_python(item_sig, item, out, lent);
                decref(item);
                read?;
            }
        }
        Sig::List => out.push(known_list(py, lent)? as u64),
        Sig::Rng | Sig::Union(_) => return Err(wrong_kind(py)),
    }
    Ok(())
}

/// The native list that went over as this Python list.
fn known_list(py: PyRef, lent: &[Lent]) -> Result<*mut RefHeader, Raise> {
    let mut found = lent.iter().position(|item| item.py == py).map_or(-1, |k| k as i64);
    if dist::rank() != 0 {
        found = -1;
    }
    share(&mut found);
    let Some(item) = usize::try_from(found).ok().and_then(|k| lent.get(k)) else {
        return Err(Raise::type_(
            "a list that Python made cannot go into a native list of lists",
        ));
    };
    // SAFETY: live; one more owner.
    unsafe { retain(item.native) };
    Ok(item.native)
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
    Raise::type_(format!(
        "Python put {shown} into a native list whose elements have another type"
    ))
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
