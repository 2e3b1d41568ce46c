//! What a `for` or a comprehension runs over, by position.

use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::numpy;
use crate::types::Ty;
use crate::val::{Konst, Val};
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};

/// An iterable whose element number `i` can be asked for.
#[derive(Clone, Debug)]
pub enum Iter {
    Range {
        range: Val,
        len: ir::Value,
    },
    /// A list, string or array.
    Sequence(Val),
    Enumerate {
        start: ir::Value,
        inner: Box<Iter>,
    },
    Zip(Vec<Iter>),
    /// With the length at its making.
    Reversed {
        inner: Box<Iter>,
        len: ir::Value,
    },
}

impl<'a> FnLower<'a> {
    /// The number of elements of a `range`.
    pub fn range_len(&mut self, range: &Val) -> ir::Value {
        let [start, stop, step] = [range.vals[0], range.vals[1], range.vals[2]];
        let parts = range.elements_of_range();
        let zero = self.b.i64(0);
        let step_const = parts.as_ref().and_then(|p| p[2]);
        if step_const == Some(1) {
            let span = match parts.as_ref().and_then(|p| p[0]) {
                Some(0) => stop,
                _ => self.b.scalar(ScalarOp::Sub, &[stop, start]),
            };
            return self.b.scalar(ScalarOp::Max, &[span, zero]);
        }
        // ceil((stop - start) / step), as a floor division, not below zero.
        let span = self.b.scalar(ScalarOp::Sub, &[start, stop]);
        let whole = self.b.scalar(ScalarOp::FloorDiv, &[span, step]);
        let n = self.b.scalar(ScalarOp::Neg, &[whole]);
        self.b.scalar(ScalarOp::Max, &[n, zero])
    }

    /// A value as something to iterate over by position; objects are not.
    pub fn iter(&mut self, val: &Val) -> Res<Iter> {
        let val = match &val.ty {
            Ty::Tuple(_) => {
                let elems = val.elements().unwrap_or_default();
                self.make_list(&elems)?
            }
            _ => self.materialize(val)?,
        };
        Ok(match &val.ty {
            Ty::Range => {
                let len = self.range_len(&val);
                Iter::Range { range: val, len }
            }
            Ty::List(_) | Ty::Str => Iter::Sequence(val),
            Ty::Array(_, 0) => return Err(self.type_error("iteration over a 0-d array")),
            Ty::Array(..) => Iter::Sequence(val),
            Ty::Enumerate(inner) => {
                let inner = val.rest((**inner).clone(), 1);
                let inner = Box::new(self.iter(&inner)?);
                Iter::Enumerate {
                    start: val.vals[0],
                    inner,
                }
            }
            Ty::Zip(_) => {
                let mut iters = Vec::new();
                for part in val.elements().unwrap_or_default() {
                    iters.push(self.iter(&part)?);
                }
                Iter::Zip(iters)
            }
            Ty::Reversed(inner) => {
                let inner = val.rest((**inner).clone(), 0);
                let inner = Box::new(self.iter(&inner)?);
                let len = self.iter_len(&inner);
                Iter::Reversed { inner, len }
            }
            Ty::Obj => return Err(self.unsupported(Why::Object, "iterating over a CPython object")),
            other => {
                let text = format!("'{}' object is not iterable", other.python_name());
                return Err(self.type_error(text));
            }
        })
    }

    /// The number of elements now.
    pub fn iter_len(&mut self, iter: &Iter) -> ir::Value {
        match iter {
            Iter::Range { len, .. } | Iter::Reversed { len, .. } => *len,
            Iter::Sequence(val) => self.sequence_len(val),
            Iter::Enumerate { inner, .. } => self.iter_len(inner),
            Iter::Zip(iters) => {
                let mut len: Option<ir::Value> = None;
                for iter in iters {
                    let n = self.iter_len(iter);
                    len = Some(match len {
                        Some(m) => self.b.scalar(ScalarOp::Min, &[m, n]),
                        None => n,
                    });
                }
                len.unwrap_or_else(|| self.b.i64(0))
            }
        }
    }

    /// Length of a list, string, or array's first axis.
    pub fn sequence_len(&mut self, val: &Val) -> ir::Value {
        let rt = match val.ty {
            Ty::Array(..) => {
                return self.b.push1(
                    ir::Inst::Dim {
                        array: val.value(),
                        axis: 0,
                    },
                    ir::Ty::I64,
                );
            }
            Ty::Str => Rt::StrLen,
            _ => Rt::ListLen,
        };
        self.b.call_rt(rt, vec![Arg::Value(val.value())], ir::Ty::I64)
    }

    /// Element number `i`, which is within the length.
    pub fn iter_get(&mut self, iter: &Iter, i: ir::Value) -> Res {
        match iter {
            Iter::Range { range, .. } => {
                let parts = range.elements_of_range().unwrap_or([None; 3]);
                let scaled = match parts[2] {
                    Some(1) => i,
                    _ => self.b.scalar(ScalarOp::Mul, &[i, range.vals[2]]),
                };
                let value = match parts[0] {
                    Some(0) => scaled,
                    _ => self.b.scalar(ScalarOp::Add, &[range.vals[0], scaled]),
                };
                let mut val = Val::one(Ty::Int, value);
                if parts[0].is_some_and(|s| s >= 0) && parts[2].is_some_and(|s| s > 0) {
                    val.konst = Some(Konst::NonNegative);
                }
                Ok(val)
            }
            Iter::Sequence(val) => match &val.ty {
                Ty::List(_) => self.list_element(val, i),
                Ty::Str => Ok(self.rt(Rt::StrIndex, vec![Arg::Value(val.value()), Arg::Value(i)], Ty::Str)),
                _ => {
                    let index = Val::one(Ty::Int, i);
                    let result = numpy::subscript(self, val, &index);
                    result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "iterating over this array")))
                }
            },
            Iter::Enumerate { start, inner } => {
                let n = self.b.scalar(ScalarOp::Add, &[*start, i]);
                let elem = self.iter_get(inner, i)?;
                Ok(Val::tuple(vec![Val::one(Ty::Int, n), elem]))
            }
            Iter::Zip(iters) => {
                let mut elems = Vec::new();
                for iter in iters {
                    elems.push(self.iter_get(iter, i)?);
                }
                Ok(Val::tuple(elems))
            }
            Iter::Reversed { inner, len } => {
                let one = self.b.i64(1);
                let last = self.b.scalar(ScalarOp::Sub, &[*len, one]);
                let at = self.b.scalar(ScalarOp::Sub, &[last, i]);
                self.iter_get(inner, at)
            }
        }
    }

    /// `range(...)` of index-like arguments.
    pub fn make_range(&mut self, args: &[Val]) -> Res {
        let parts: [Val; 3] = match args {
            [stop] => [self.int(0), stop.clone(), self.int(1)],
            [start, stop] => [start.clone(), stop.clone(), self.int(1)],
            [start, stop, step] => [start.clone(), stop.clone(), step.clone()],
            _ => return Err(self.type_error(format!("range expected at most 3 arguments, got {}", args.len()))),
        };
        let mut vals = Vec::new();
        for part in &parts {
            let part = self.each_member(part, &mut |cx, p| Ok(Val::one(Ty::Int, cx.to_index(p)?)))?;
            vals.push(part.value());
        }
        if args.len() == 3 && parts[2].const_int().is_none_or(|s| s == 0) {
            let zero = self.b.i64(0);
            let bad = self.b.scalar(ScalarOp::Eq, &[vals[2], zero]);
            self.raise_if(
                bad,
                lnp_abi::ExceptionKind::ValueError,
                "range() arg 3 must not be zero",
            );
        }
        let konst = Konst::Tuple(parts.into_iter().map(|p| p.konst).collect());
        Ok(Val::new(Ty::Range, vals).with_konst(konst))
    }

    /// A static list of the elements, when the value has a length known at compile time.
    pub fn static_elements(&self, val: &Val) -> Option<Vec<Val>> {
        match &val.ty {
            Ty::Tuple(_) => val.elements(),
            _ if val.is_list_lit() => val.elements(),
            _ => None,
        }
    }

    /// The value as an f64, for arithmetic that mixes ints and floats.
    pub fn as_f64(&mut self, val: &Val) -> Res<ir::Value> {
        self.to_dtype(val, DType::F64)
    }
}
