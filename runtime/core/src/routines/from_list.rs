//! `np.array` of nested lists and tuples.

use crate::array::layout::shape_text;
use crate::array::{Array, dtype_of, fill};
use crate::error::{Raise, guard};
use crate::objects::{List, Sig};
use lnp_abi::{ArrayHeader, DType};

/// A number of any kind, as it stands in a list.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
    Complex(f64, f64),
}

/// Numbers in C order, and the shape they are found to have.
#[derive(Default)]
struct Collected {
    numbers: Vec<Number>,
    shape: Vec<i64>,
}

impl Collected {
    /// Notes a sequence of `len` at `depth`; all sequences of a depth must have one length.
    fn level(&mut self, depth: usize, len: usize) -> Result<(), Raise> {
        match self.shape.get(depth) {
            None => self.shape.push(len as i64),
            Some(&known) if known != len as i64 => return Err(self.ragged(depth)),
            Some(_) => {}
        }
        Ok(())
    }

    fn ragged(&self, depth: usize) -> Raise {
        Raise::value(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {depth} \
             dimensions. The detected shape was {} + inhomogeneous part.",
            shape_text(&self.shape[..depth])
        ))
    }

    fn value(&mut self, sig: &Sig, slots: &[u64], depth: usize) -> Result<(), Raise> {
        let float = |bits: u64| f64::from_bits(bits);
        let number = match sig {
            Sig::Int | Sig::Np(DType::I64) => Number::Int(slots[0] as i64),
            Sig::Np(DType::I32) => Number::Int(i64::from(slots[0] as u32 as i32)),
            Sig::Bool | Sig::Np(DType::Bool) => Number::Int(i64::from(slots[0] as u8)),
            Sig::Float | Sig::Np(DType::F64) => Number::Float(float(slots[0])),
            Sig::Np(DType::F32) => Number::Float(f64::from(f32::from_bits(slots[0] as u32))),
            Sig::Complex | Sig::Np(DType::C128) => Number::Complex(float(slots[0]), float(slots[1])),
            // SAFETY: the slot holds a live list.
            Sig::List => return self.list(unsafe { &*(slots[0] as *const List) }, depth),
            Sig::Tuple(items) => {
                self.level(depth, items.len())?;
                let mut at = 0;
                for item in items {
                    self.value(item, &slots[at..at + item.width()], depth + 1)?;
                    at += item.width();
                }
                return Ok(());
            }
            Sig::Union(items) => {
                let item = items.get(slots[0] as usize).ok_or_else(unsupported)?;
                return self.value(item, &slots[1..], depth);
            }
            Sig::Array => {
                // SAFETY: the slot holds a live array.
                let array = unsafe { Array::borrow(slots[0] as *const ArrayHeader) };
                return self.array(array, depth);
            }
            _ => return Err(unsupported()),
        };
        if self.shape.len() > depth {
            return Err(self.ragged(depth));
        }
        self.numbers.push(number);
        Ok(())
    }

    fn list(&mut self, list: *const List, depth: usize) -> Result<(), Raise> {
        // SAFETY: a live list, which nothing changes meanwhile.
        let data = unsafe { List::data(list.cast_mut()) };
        self.level(depth, data.len())?;
        if let Some(sig) = data.sig() {
            for i in 0..data.len() {
                self.value(sig, data.slots(i), depth + 1)?;
            }
        }
        Ok(())
    }

    fn array(&mut self, array: &Array, depth: usize) -> Result<(), Raise> {
        for (d, &n) in array.shape().iter().enumerate() {
            self.level(depth + d, n as usize)?;
        }
        if self.shape.len() > depth + array.ndim() {
            return Err(self.ragged(depth + array.ndim()));
        }
        let view = array.replicated()?;
        let bytes = view.c_bytes();
        let eight = |b: &[u8]| [b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]];
        let four = |b: &[u8]| [b[0], b[1], b[2], b[3]];
        let dtype = array.dtype();
        self.numbers
            .extend(bytes.chunks_exact(dtype.size()).map(|b| match dtype {
                DType::Bool => Number::Int(i64::from(b[0])),
                DType::I32 => Number::Int(i64::from(i32::from_ne_bytes(four(b)))),
                DType::I64 => Number::Int(i64::from_ne_bytes(eight(b))),
                DType::F32 => Number::Float(f64::from(f32::from_ne_bytes(four(b)))),
                DType::F64 => Number::Float(f64::from_ne_bytes(eight(b))),
                DType::C128 => Number::Complex(f64::from_ne_bytes(eight(b)), f64::from_ne_bytes(eight(&b[8..]))),
            }));
        Ok(())
    }
}

fn unsupported() -> Raise {
    Raise::type_("only lists of numbers make a native array")
}

impl Number {
    fn int(self) -> i64 {
        match self {
            Number::Int(i) => i,
            Number::Float(x) | Number::Complex(x, _) => x as i64,
        }
    }

    fn float(self) -> f64 {
        match self {
            Number::Int(i) => i as f64,
            Number::Float(x) | Number::Complex(x, _) => x,
        }
    }

    fn truth(self) -> bool {
        match self {
            Number::Int(i) => i != 0,
            Number::Float(x) => x != 0.0,
            Number::Complex(x, y) => x != 0.0 || y != 0.0,
        }
    }

    fn complex(self) -> [f64; 2] {
        match self {
            Number::Complex(x, y) => [x, y],
            other => [other.float(), 0.0],
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_array_from_list(dtype: i64, ndim: i64, list: *mut List) -> *mut ArrayHeader {
    guard(|| {
        let mut found = Collected::default();
        found.list(list, 0)?;
        if found.shape.len() > ndim as usize {
            return Err(found.ragged(ndim as usize));
        }
        // Lists that stay empty above the last dimension.
        found.shape.resize(ndim as usize, 0);
        let numbers = &found.numbers;
        if found.shape.iter().product::<i64>() != numbers.len() as i64 {
            let depth = found.shape.len() - 1;
            return Err(found.ragged(depth));
        }
        let dtype = dtype_of(dtype);
        let array = Array::from_replicated(dtype, &found.shape, |out| {
            let at = |i: i64| numbers[i as usize];
            match dtype {
                DType::Bool => fill(out, |i| u8::from(at(i).truth())),
                DType::I32 => fill(out, |i| at(i).int() as i32),
                DType::I64 => fill(out, |i| at(i).int()),
                DType::F32 => fill(out, |i| at(i).float() as f32),
                DType::F64 => fill(out, |i| at(i).float()),
                DType::C128 => fill(out, |i| at(i).complex()),
            }
        })?;
        Ok(array.into_raw())
    })
}
