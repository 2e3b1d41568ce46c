//! Python values read from slots, their `repr`, `str` and `format`.

use super::list::{Data, List};
use super::sig::Sig;
use super::string;
use crate::array::Array;
use crate::error::Raise;
use crate::text::{self, Scalar};
use lnp_abi::provider::python::PyTextKind;
use lnp_abi::{ArrayHeader, DType, ExceptionKind, RefHeader, StrHeader};

/// A value, borrowed from its slots.
#[derive(Clone, Debug)]
pub enum Val<'a> {
    Int(i64),
    Bool(bool),
    Float(f64),
    Complex(f64, f64),
    Str(&'a str),
    None,
    Np(Scalar),
    Array(*mut ArrayHeader),
    List(*const List),
    Tuple(Vec<Val<'a>>),
    Object(*mut RefHeader),
    Rng(*mut RefHeader),
}

impl<'a> Val<'a> {
    /// The value of signature `sig` in `slots`.
    ///
    /// # Safety
    /// The slots hold such a value, whose references live for `'a`.
    pub unsafe fn read(sig: &Sig, slots: &'a [u64]) -> Val<'a> {
        let float = |k: usize| f64::from_bits(slots[k]);
        match sig {
            Sig::Int => Val::Int(slots[0] as i64),
            Sig::Bool => Val::Bool(slots[0] as u8 != 0),
            Sig::Float => Val::Float(float(0)),
            Sig::Complex => Val::Complex(float(0), float(1)),
            // SAFETY: a live `str`, by the caller's promise.
            Sig::Str => Val::Str(unsafe { string::text(slots[0] as *const StrHeader) }),
            Sig::None => Val::None,
            Sig::Np(dtype) => Val::Np(scalar(*dtype, slots)),
            Sig::Array => Val::Array(slots[0] as *mut ArrayHeader),
            Sig::List => Val::List(slots[0] as *const List),
            Sig::Object => Val::Object(slots[0] as *mut RefHeader),
            Sig::Rng => Val::Rng(slots[0] as *mut RefHeader),
            Sig::Tuple(items) => {
                let mut at = 0;
                let read = |item: &Sig| {
                    let part = &slots[at..at + item.width()];
                    at += item.width();
                    // SAFETY: the tuple's slots are its items' slots.
                    unsafe { Val::read(item, part) }
                };
                Val::Tuple(items.iter().map(read).collect())
            }
            Sig::Union(items) => {
                let item = Sig::alternative(items, slots[0]);
                // SAFETY: the tag says which alternative follows.
                unsafe { Val::read(item, &slots[1..1 + item.width()]) }
            }
        }
    }

    /// Element `idx` of a list's contents.
    ///
    /// # Safety
    /// The contents are not changed while the value is used.
    pub unsafe fn element(data: &'a Data, idx: usize) -> Val<'a> {
        match data.sig() {
            // SAFETY: a list's slots match its signature and own their references.
            Some(sig) => unsafe { Val::read(sig, data.slots(idx)) },
            None => Val::None,
        }
    }

    /// `type(value)`, as error texts name it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Val::Int(_) => "int",
            Val::Bool(_) => "bool",
            Val::Float(_) => "float",
            Val::Complex(..) => "complex",
            Val::Str(_) => "str",
            Val::None => "NoneType",
            Val::Np(scalar) => scalar.type_name(),
            Val::Array(_) => "numpy.ndarray",
            Val::List(_) => "list",
            Val::Tuple(_) => "tuple",
            Val::Object(_) => "object",
            Val::Rng(_) => "numpy.random._generator.Generator",
        }
    }

    pub fn repr(&self) -> Result<String, Raise> {
        let mut out = String::new();
        self.push_repr(&mut out)?;
        Ok(out)
    }

    pub fn str(&self) -> Result<String, Raise> {
        match self {
            Val::Str(text) => Ok((*text).to_owned()),
            Val::Np(scalar) => Ok(scalar.str()),
            Val::Array(array) => array_text(*array, PyTextKind::Str),
            Val::Object(object) => crate::python::str(*object),
            Val::Rng(_) => Ok("Generator(PCG64)".to_owned()),
            other => other.repr(),
        }
    }

    /// `format(value, spec)`.
    pub fn format(&self, spec: &str) -> Result<String, Raise> {
        if let Val::Object(object) = self {
            return crate::python::format(*object, spec);
        }
        self.with_text(|value| text::format(&value, spec).map_err(raise_text))
    }

    /// Runs `f` on the value as `text` takes it.
    pub fn with_text<R>(&self, f: impl FnOnce(text::Value) -> Result<R, Raise>) -> Result<R, Raise> {
        let value = match self {
            Val::Int(x) => text::Value::Int(*x),
            Val::Bool(x) => text::Value::Bool(*x),
            Val::Float(x) => text::Value::Float(*x),
            Val::Complex(re, im) => text::Value::Complex(*re, *im),
            Val::Str(s) => text::Value::Str(s),
            Val::Np(scalar) => text::Value::Np(*scalar),
            other => {
                let (str, repr) = (other.str()?, other.repr()?);
                return f(text::Value::Repr {
                    str: &str,
                    repr: &repr,
                    type_name: other.type_name(),
                });
            }
        };
        f(value)
    }

    fn push_repr(&self, out: &mut String) -> Result<(), Raise> {
        use std::fmt::Write;
        match self {
            Val::Int(x) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{x}");
            }
            Val::Bool(x) => out.push_str(text::bool_str(*x)),
            Val::Float(x) => text::push_float_repr(out, *x),
            Val::Complex(re, im) => out.push_str(&text::complex_repr(*re, *im)),
            Val::Str(s) => out.push_str(&text::str_repr(s)),
            Val::None => out.push_str("None"),
            Val::Np(scalar) => match crate::python::numpy_text(self, PyTextKind::Repr) {
                Some(text) => out.push_str(&text?),
                None => out.push_str(&scalar.repr()),
            },
            Val::Array(array) => out.push_str(&array_text(*array, PyTextKind::Repr)?),
            Val::List(list) => {
                // SAFETY: a live list, and `repr` changes none.
                let data = unsafe { List::data(*list) };
                out.push('[');
                for idx in 0..data.len() {
                    if idx > 0 {
                        out.push_str(", ");
                    }
                    // SAFETY: as above.
                    unsafe { Val::element(data, idx) }.push_repr(out)?;
                }
                out.push(']');
            }
            Val::Tuple(items) => {
                out.push('(');
                for (idx, item) in items.iter().enumerate() {
                    if idx > 0 {
                        out.push_str(", ");
                    }
                    item.push_repr(out)?;
                }
                out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Val::Object(object) => out.push_str(&crate::python::repr(*object)?),
            Val::Rng(rng) => {
                let _ = write!(out, "Generator(PCG64) at 0x{:X}", *rng as usize);
            }
        }
        Ok(())
    }
}

/// A NumPy scalar from its slots.
pub fn scalar(dtype: DType, slots: &[u64]) -> Scalar {
    let bits = slots[0];
    match dtype {
        DType::Bool => Scalar::Bool(bits as u8 != 0),
        DType::I32 => Scalar::I32(bits as i32),
        DType::I64 => Scalar::I64(bits as i64),
        DType::F32 => Scalar::F32(f32::from_bits(bits as u32)),
        DType::F64 => Scalar::F64(f64::from_bits(bits)),
        DType::C128 => Scalar::C128(f64::from_bits(bits), f64::from_bits(slots[1])),
    }
}

/// `str` or `repr` of an array. Collective where the array is spread over ranks.
pub fn array_text(array: *mut ArrayHeader, kind: PyTextKind) -> Result<String, Raise> {
    if let Some(text) = crate::python::numpy_text(&Val::Array(array), kind) {
        return text;
    }
    // SAFETY: compiled code and lists hold live arrays.
    let array = unsafe { Array::borrow(array) };
    let shape: Vec<usize> = array.shape().iter().map(|&n| n as usize).collect();
    let data = array.c_bytes()?;
    let render = match kind {
        PyTextKind::Repr => text::array_repr,
        _ => text::array_str,
    };
    Ok(render(&text::ArrayRef {
        dtype: array.dtype(),
        shape: &shape,
        data: &data,
    }))
}

/// A text error as the exception it describes.
pub fn raise_text(error: text::TextError) -> Raise {
    let kind = match error.kind {
        text::ErrorKind::ValueError => ExceptionKind::ValueError,
        text::ErrorKind::TypeError => ExceptionKind::TypeError,
        text::ErrorKind::OverflowError => ExceptionKind::OverflowError,
    };
    Raise::new(kind, error.message)
}
