//! Arithmetic operators, as CPython computes them.

use super::emit::arg;
use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::ops::{BinOp, UnaryOp};
use crate::types::Ty;
use crate::val::{Konst, Val};
use crate::{numpy, types};
use lnp_abi::ExceptionKind;
use lnp_ir::{Arg, CheckedOp, Rt, ScalarOp};

impl<'a> FnLower<'a> {
    pub fn binary(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        let numpy_operand = a.ty.is_numpy() || b.ty.is_numpy();
        let (a, b) = match numpy_operand {
            true => (a.clone(), b.clone()),
            false => (self.materialize(a)?, self.materialize(b)?),
        };
        if a.ty == Ty::Obj || b.ty == Ty::Obj {
            return self.py_binary(op, &a, &b, false);
        }
        self.each_member_of(&[a, b], &mut |cx, ops| cx.binary_one(op, &ops[0], &ops[1]))
    }

    fn binary_one(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        match (&a.ty, &b.ty) {
            (Ty::Obj, _) | (_, Ty::Obj) => self.py_binary(op, a, b, false),
            // A `numpy.float64` is a `float`, of which a complex number makes its own.
            (Ty::Complex, Ty::Np(DType::F64))
                if matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Pow) =>
            {
                self.binary_one(op, a, &Val::one(Ty::Float, b.value()))
            }
            (x, y) if x.is_numpy() || y.is_numpy() => {
                if let (Ty::Str, BinOp::Mod) = (x, op) {
                    return self.percent_format(a, b);
                }
                let sequence = |t: &Ty| matches!(t, Ty::Str | Ty::Tuple(_) | Ty::List(_));
                if op == BinOp::Mul && (sequence(x) && integer(y) || sequence(y) && integer(x)) {
                    let (a, b) = (self.materialize(a)?, self.materialize(b)?);
                    return self.binary_sequence(op, &a, &b);
                }
                let result = numpy::binary(self, op, a, b);
                result.unwrap_or_else(|| Err(self.unsupported(Why::Function, format!("this use of '{}'", op.symbol()))))
            }
            (Ty::Bool, Ty::Bool) if matches!(op, BinOp::And | BinOp::Or | BinOp::Xor) => {
                let value = self.b.scalar(bit_op(op), &[a.value(), b.value()]);
                Ok(Val::one(Ty::Bool, value))
            }
            (Ty::Int | Ty::Bool, Ty::Int | Ty::Bool) => self.int_binary(op, a, b),
            (Ty::Complex, y) if y.is_weak() => self.complex_binary(op, a, b),
            (x, Ty::Complex) if x.is_weak() => self.complex_binary(op, a, b),
            (x, y) if x.is_weak() && y.is_weak() => self.float_binary(op, a, b),
            _ => self.binary_sequence(op, a, b),
        }
    }

    fn bad_operands(&mut self, op: BinOp, a: &Val, b: &Val) -> super::Bail {
        let text = format!(
            "unsupported operand type(s) for {}: '{}' and '{}'",
            op.symbol(),
            a.ty.python_name(),
            b.ty.python_name()
        );
        self.type_error(text)
    }

    fn int_binary(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        if let (Some(x), Some(y)) = (a.const_int(), b.const_int())
            && let Some(folded) = fold(op, x, y)
        {
            return Ok(self.int(folded));
        }
        if op == BinOp::Pow {
            return self.int_pow(a, b);
        }
        if op == BinOp::MatMul {
            return Err(self.bad_operands(op, a, b));
        }
        let x = self.to_dtype(a, DType::I64)?;
        let y = self.to_dtype(b, DType::I64)?;
        let checked = match op {
            BinOp::Add => CheckedOp::Add,
            BinOp::Sub => CheckedOp::Sub,
            BinOp::Mul => CheckedOp::Mul,
            BinOp::FloorDiv => CheckedOp::FloorDiv,
            BinOp::Mod => CheckedOp::Mod,
            BinOp::Shl => CheckedOp::Shl,
            BinOp::Shr => CheckedOp::Shr,
            BinOp::Div => {
                let value = self.b.checked(CheckedOp::TrueDiv, &[x, y]);
                return Ok(Val::one(Ty::Float, value));
            }
            _ => return Ok(Val::one(Ty::Int, self.b.scalar(bit_op(op), &[x, y]))),
        };
        let big = a.const_int().zip(b.const_int()).is_some();
        if big && matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Shl) {
            return Err(self.unsupported(Why::BigInt, "an integer beyond 64 bits"));
        }
        let value = self.b.checked(checked, &[x, y]);
        let mut out = Val::one(Ty::Int, value);
        let grows = matches!(
            op,
            BinOp::Add | BinOp::Mul | BinOp::FloorDiv | BinOp::Mod | BinOp::Shl | BinOp::Shr
        );
        if grows && a.is_non_negative() && b.is_non_negative() {
            out.konst = Some(Konst::NonNegative);
        }
        Ok(out)
    }

    fn int_pow(&mut self, a: &Val, b: &Val) -> Res {
        let x = self.to_dtype(a, DType::I64)?;
        let y = self.to_dtype(b, DType::I64)?;
        let int = |cx: &mut Self| Ok(cx.rt(Rt::IntPow, vec![Arg::Value(x), Arg::Value(y)], Ty::Int));
        let float = |cx: &mut Self| {
            let (p, q) = (cx.b.cast(x, DType::F64), cx.b.cast(y, DType::F64));
            Ok(cx.rt(Rt::FloatPow, vec![Arg::Value(p), Arg::Value(q)], Ty::Float))
        };
        match b.const_int() {
            Some(e) if e >= 0 => {
                if a.const_int().is_some() {
                    return Err(self.unsupported(Why::BigInt, "a power beyond 64 bits"));
                }
                int(self)
            }
            Some(_) => float(self),
            None if b.is_non_negative() => int(self),
            None => {
                let zero = self.b.i64(0);
                let negative = self.b.scalar(ScalarOp::Lt, &[y, zero]);
                self.choose(negative, float, int)
            }
        }
    }

    fn float_binary(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        let x = self.to_dtype(a, DType::F64)?;
        let y = self.to_dtype(b, DType::F64)?;
        let rt = match op {
            BinOp::Add | BinOp::Sub | BinOp::Mul => {
                return Ok(Val::one(Ty::Float, self.b.scalar(bit_op(op), &[x, y])));
            }
            BinOp::Div => return Ok(Val::one(Ty::Float, self.b.checked(CheckedOp::FloatDiv, &[x, y]))),
            BinOp::FloorDiv => Rt::FloatFloorDiv,
            BinOp::Mod => Rt::FloatMod,
            BinOp::Pow => Rt::FloatPow,
            _ => return Err(self.bad_operands(op, a, b)),
        };
        Ok(self.rt(rt, vec![Arg::Value(x), Arg::Value(y)], Ty::Float))
    }

    fn complex_binary(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        let rt = match op {
            BinOp::Add | BinOp::Sub | BinOp::Mul => None,
            BinOp::Div => Some(Rt::ComplexDiv),
            BinOp::Pow => Some(Rt::ComplexPow),
            _ => return Err(self.bad_operands(op, a, b)),
        };
        let x = self.to_dtype(a, DType::C128)?;
        let y = self.to_dtype(b, DType::C128)?;
        Ok(match rt {
            None => Val::one(Ty::Complex, self.b.scalar(bit_op(op), &[x, y])),
            Some(rt) => self.rt(rt, vec![Arg::Value(x), Arg::Value(y)], Ty::Complex),
        })
    }

    /// `+`, `*` and `%` of strings, tuples and lists.
    fn binary_sequence(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        match (op, &a.ty, &b.ty) {
            (BinOp::Add, Ty::Str, Ty::Str) => {
                if let (Some(x), Some(y)) = (a.const_str(), b.const_str()) {
                    let text = format!("{x}{y}");
                    return Ok(self.str(&text));
                }
                let args = vec![Arg::Slots(vec![a.value(), b.value()])];
                Ok(self.rt(Rt::StrConcat, args, Ty::Str))
            }
            (BinOp::Add, Ty::Str, other) => {
                let text = format!("can only concatenate str (not \"{}\") to str", other.python_name());
                Err(self.type_error(text))
            }
            (BinOp::Mod, Ty::Str, _) => self.percent_format(a, b),
            (BinOp::Mul, Ty::Str, n) if integer(n) => {
                let n = self.to_index(b)?;
                Ok(self.rt(Rt::StrRepeat, vec![arg(a), Arg::Value(n)], Ty::Str))
            }
            (BinOp::Add, Ty::Tuple(_), Ty::Tuple(_)) => {
                let mut elems = a.elements().unwrap_or_default();
                elems.extend(b.elements().unwrap_or_default());
                Ok(Val::tuple(elems))
            }
            (BinOp::Mul, Ty::Tuple(_), n) if integer(n) => match b.const_int() {
                Some(n) if (0..=64).contains(&n) => {
                    let elems = a.elements().unwrap_or_default();
                    Ok(Val::tuple((0..n).flat_map(|_| elems.clone()).collect()))
                }
                _ => Err(self.unsupported(Why::Mixed, "a tuple of unknown length")),
            },
            (BinOp::Add, Ty::List(x), Ty::List(y)) => {
                let elem = types::join(x, y);
                if **x != elem && **x != Ty::Bottom || **y != elem && **y != Ty::Bottom {
                    let (p, q) = (self.widen_list(a, y), self.widen_list(b, x));
                    if let Some(restart) = p.or(q) {
                        return Err(restart);
                    }
                    return Err(self.unsupported(Why::Mixed, "joining lists of different types"));
                }
                let both = self.rt(Rt::ListConcat, vec![arg(a), arg(b)], Ty::list(elem));
                self.made_of(&both, &[a, b]);
                Ok(both)
            }
            (BinOp::Add, Ty::List(_), other) => {
                let text = format!("can only concatenate list (not \"{}\") to list", other.python_name());
                Err(self.type_error(text))
            }
            (BinOp::Mul, Ty::List(_), n) if integer(n) => {
                let n = self.to_index(b)?;
                let many = self.rt(Rt::ListRepeat, vec![arg(a), Arg::Value(n)], a.ty.clone());
                self.made_of(&many, &[a]);
                Ok(many)
            }
            (BinOp::Mul, n, Ty::Str | Ty::List(_) | Ty::Tuple(_)) if integer(n) => self.binary_sequence(op, b, a),
            (_, x, y) if plain(x) && plain(y) => Err(self.bad_operands(op, a, b)),
            _ => Err(self.unsupported(Why::Mixed, format!("this use of '{}'", op.symbol()))),
        }
    }

    pub fn unary(&mut self, op: UnaryOp, a: &Val) -> Res {
        let a = self.materialize(a)?;
        self.each_member(&a, &mut |cx, a| cx.unary_one(op, a))
    }

    fn unary_one(&mut self, op: UnaryOp, a: &Val) -> Res {
        if a.ty == Ty::Obj {
            self.note_object(a, a);
            return self.py_expr(&format!("{}_a", op.symbol()), &[("_a", a)]);
        }
        if a.ty.is_numpy() {
            let result = numpy::unary(self, op, a);
            return result.unwrap_or_else(|| Err(self.unsupported(Why::Function, format!("unary '{}'", op.symbol()))));
        }
        match (op, &a.ty) {
            (_, Ty::Int | Ty::Bool) => {
                if let Some(x) = a.const_int() {
                    let folded = match op {
                        UnaryOp::Neg => x.checked_neg(),
                        UnaryOp::Pos => Some(x),
                        UnaryOp::Invert => Some(!x),
                    };
                    if let Some(folded) = folded {
                        return Ok(self.int(folded));
                    }
                }
                let x = self.to_dtype(a, DType::I64)?;
                let value = match op {
                    UnaryOp::Neg => self.b.checked(CheckedOp::Neg, &[x]),
                    UnaryOp::Pos => x,
                    UnaryOp::Invert => self.b.scalar(ScalarOp::Not, &[x]),
                };
                Ok(Val::one(Ty::Int, value))
            }
            (UnaryOp::Neg, Ty::Float) => match a.const_float() {
                Some(x) => Ok(self.float(-x)),
                None => Ok(Val::one(Ty::Float, self.b.scalar(ScalarOp::Neg, &[a.value()]))),
            },
            (UnaryOp::Neg, Ty::Complex) => Ok(Val::one(Ty::Complex, self.b.scalar(ScalarOp::Neg, &[a.value()]))),
            (UnaryOp::Pos, Ty::Float | Ty::Complex) => Ok(a.clone()),
            (_, other) => {
                let text = format!("bad operand type for unary {}: '{}'", op.symbol(), other.python_name());
                Err(self.type_error(text))
            }
        }
    }

    /// `a op= b` of a variable: the new value.
    pub fn inplace(&mut self, op: BinOp, a: &Val, b: &Val) -> Res {
        let b = if a.ty.is_numpy() {
            b.clone()
        } else {
            self.materialize(b)?
        };
        if a.ty == Ty::Obj {
            return self.py_binary(op, a, &b, true);
        }
        if b.ty == Ty::Obj && (a.ty.is_array() || matches!(a.ty, Ty::List(_))) {
            return self.py_binary(op, a, &b, true);
        }
        if b.ty == Ty::Obj {
            return self.py_binary(op, a, &b, false);
        }
        self.each_member_of(&[a.clone(), b], &mut |cx, ops| {
            let (a, b) = (&ops[0], &ops[1]);
            if a.ty == Ty::Complex {
                return cx.binary_one(op, a, b);
            }
            if a.ty.is_numpy() || b.ty.is_numpy() && !matches!(a.ty, Ty::Str | Ty::List(_)) {
                let result = numpy::inplace(cx, op, a, b);
                return result
                    .unwrap_or_else(|| Err(cx.unsupported(Why::Function, format!("this use of '{}='", op.symbol()))));
            }
            if let (BinOp::Add, Ty::List(_)) = (op, &a.ty) {
                return cx.list_extend(a, b);
            }
            if let (BinOp::Mul, Ty::List(_)) = (op, &a.ty) {
                // In place: other names of the list see it.
                return Err(cx.unsupported(Why::Mixed, "repeating a list in place"));
            }
            cx.binary_one(op, a, b)
        })
    }

    /// Raises `ZeroDivisionError` where `value` (i64) is zero.
    pub fn check_nonzero(&mut self, value: lnp_ir::Value, text: &str) {
        let zero = self.b.i64(0);
        let is_zero = self.b.scalar(ScalarOp::Eq, &[value, zero]);
        self.raise_if(is_zero, ExceptionKind::ZeroDivisionError, text);
    }
}

pub fn integer(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Bool | Ty::Np(DType::I64 | DType::I32))
}

fn plain(ty: &Ty) -> bool {
    ty.is_weak() || matches!(ty, Ty::Str | Ty::None | Ty::Tuple(_) | Ty::List(_))
}

fn bit_op(op: BinOp) -> ScalarOp {
    match op {
        BinOp::Sub => ScalarOp::Sub,
        BinOp::Mul => ScalarOp::Mul,
        BinOp::And => ScalarOp::And,
        BinOp::Or => ScalarOp::Or,
        BinOp::Xor => ScalarOp::Xor,
        _ => ScalarOp::Add,
    }
}

/// The result of an operation on constants, if it fits.
fn fold(op: BinOp, x: i64, y: i64) -> Option<i64> {
    match op {
        BinOp::Add => x.checked_add(y),
        BinOp::Sub => x.checked_sub(y),
        BinOp::Mul => x.checked_mul(y),
        BinOp::FloorDiv if y != 0 => {
            let q = x.checked_div(y)?;
            Some(if x % y != 0 && (x < 0) != (y < 0) { q - 1 } else { q })
        }
        BinOp::Mod if y != 0 => {
            let r = x.checked_rem(y)?;
            Some(if r != 0 && (r < 0) != (y < 0) { r + y } else { r })
        }
        BinOp::Pow if y >= 0 => x.checked_pow(u32::try_from(y).ok()?),
        BinOp::Shl if (0..63).contains(&y) => x.checked_mul(1i64 << y),
        BinOp::Shr if (0..64).contains(&y) => Some(x >> y),
        BinOp::And => Some(x & y),
        BinOp::Or => Some(x | y),
        BinOp::Xor => Some(x ^ y),
        _ => None,
    }
}
