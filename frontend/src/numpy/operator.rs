//! Python's operators on arrays and NumPy scalars.

use super::elementwise::{Build, const_number};
use super::promote::{float_of, promote, result_type, same_kind};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::{BinOp, CmpOp, UnaryOp};
use crate::types::Ty;
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{Body, BodyVal, ReduceOp, ScalarOp};

/// How a binary ufunc computes over its operands: the loop's dtype and its body.
pub struct Loop {
    pub dtype: DType,
    pub op: LoopOp,
}

impl Loop {
    /// The dtype of the loop's result.
    pub fn result(&self) -> DType {
        match self.op {
            LoopOp::One(op) => op.result_dtype(self.dtype).unwrap_or(self.dtype),
            _ => self.dtype,
        }
    }
}

/// The body of a binary loop.
#[derive(Clone, Copy)]
pub enum LoopOp {
    One(ScalarOp),
    Square,
    Reciprocal,
    /// The first operand as it is.
    First,
}

impl LoopOp {
    pub fn build(self, body: &mut Body, args: &[BodyVal]) -> BodyVal {
        let dtype = body.dtype(args[0]);
        match self {
            LoopOp::One(op) => {
                let result = op.result_dtype(dtype).unwrap_or(dtype);
                body.push(op, args, result)
            }
            LoopOp::Square => body.push(ScalarOp::Mul, &[args[0], args[0]], dtype),
            LoopOp::Reciprocal => {
                let one = const_number(body, 1, dtype);
                body.push(ScalarOp::Div, &[one, args[0]], dtype)
            }
            LoopOp::First => args[0],
        }
    }
}

/// The loop that NumPy picks for `a op b`.
pub fn binary_loop(cx: &mut FnLower<'_>, op: BinOp, a: &Val, b: &Val) -> Res<Loop> {
    let no_loop = |cx: &FnLower<'_>| {
        cx.unsupported(
            Why::DType,
            format!("no native loop of `{}` for these dtypes", op.symbol()),
        )
    };
    let Some(common) = result_type([&a.ty, &b.ty].into_iter()) else {
        return Err(no_loop(cx));
    };
    let simple = |dtype, op| {
        Ok(Loop {
            dtype,
            op: LoopOp::One(op),
        })
    };
    match op {
        BinOp::Add if common == DType::Bool => simple(common, ScalarOp::Or),
        BinOp::Mul if common == DType::Bool => simple(common, ScalarOp::And),
        BinOp::Sub if common == DType::Bool => Err(cx.raise(
            ExceptionKind::TypeError,
            "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the \
             logical_xor function instead.",
        )),
        BinOp::Add => simple(common, ScalarOp::Add),
        BinOp::Sub => simple(common, ScalarOp::Sub),
        BinOp::Mul => simple(common, ScalarOp::Mul),
        BinOp::Div => match common {
            DType::Bool | DType::I32 | DType::I64 => simple(DType::F64, ScalarOp::Div),
            _ => simple(common, ScalarOp::Div),
        },
        BinOp::FloorDiv if matches!(common, DType::Bool | DType::C128) => Err(no_loop(cx)),
        BinOp::FloorDiv => simple(common, ScalarOp::FloorDiv),
        BinOp::Mod if matches!(common, DType::Bool | DType::C128) => Err(no_loop(cx)),
        BinOp::Mod => simple(common, ScalarOp::Mod),
        BinOp::Pow => power_loop(cx, common, a, b),
        BinOp::And | BinOp::Or | BinOp::Xor if matches!(common, DType::Bool | DType::I32 | DType::I64) => simple(
            common,
            match op {
                BinOp::And => ScalarOp::And,
                BinOp::Or => ScalarOp::Or,
                _ => ScalarOp::Xor,
            },
        ),
        BinOp::And | BinOp::Or | BinOp::Xor | BinOp::Shl | BinOp::Shr if common.is_float() || common == DType::C128 => {
            let ufunc = match op {
                BinOp::And => "bitwise_and",
                BinOp::Or => "bitwise_or",
                BinOp::Xor => "bitwise_xor",
                BinOp::Shl => "left_shift",
                _ => "right_shift",
            };
            let message = format!(
                "ufunc '{ufunc}' not supported for the input types, and the inputs could not be safely coerced to any \
                 supported types according to the casting rule ''safe''"
            );
            let help = Some("comparisons bind weaker than `&` and `|`: put each in parentheses".to_owned());
            Err(cx.wrong_arguments(message, help))
        }
        BinOp::Shl if common.is_int() => simple(common, ScalarOp::Shl),
        BinOp::Shr if common.is_int() => simple(common, ScalarOp::Shr),
        _ => Err(no_loop(cx)),
    }
}

/// `**`: NumPy takes shorter ways for some scalar exponents of arrays; integers must not be
/// raised to negative ones.
fn power_loop(cx: &mut FnLower<'_>, common: DType, a: &Val, b: &Val) -> Res<Loop> {
    if common == DType::Bool {
        return Err(cx.unsupported(Why::DType, "a power of booleans is int8"));
    }
    let op = match (b.const_float(), b.const_int()) {
        (Some(2.0), _) => LoopOp::Square,
        (Some(1.0), _) if a.ty.dtype() == Some(common) => LoopOp::First,
        (Some(0.5), _) if common.is_float() => {
            return Ok(Loop {
                dtype: common,
                op: LoopOp::One(ScalarOp::Sqrt),
            });
        }
        (Some(-1.0), _) if matches!(common, DType::F32 | DType::F64) => LoopOp::Reciprocal,
        _ => LoopOp::One(ScalarOp::Pow),
    };
    if common.is_int() {
        let text = "Integers to negative integer powers are not allowed.";
        match b.const_int() {
            Some(exponent) if exponent < 0 => return Err(cx.raise(ExceptionKind::ValueError, text)),
            Some(_) => {}
            None if b.ty.is_array() => {
                let zero = cx.int(0);
                let negative = compare(cx, CmpOp::Lt, b, &zero)?;
                let Ty::Array(_, ndim) = negative.ty else {
                    return Err(cx.unsupported(Why::Mixed, "not an array"));
                };
                let any = cx.reduction(ReduceOp::Any, &negative, (1 << ndim) - 1, false, DType::Bool)?;
                let mut is_met = any.value();
                if a.ty.is_array() {
                    // Nothing is raised to anything where the base is empty.
                    let n = super::shape::size(cx, a);
                    let zero = cx.b.i64(0);
                    let some = cx.b.scalar(ScalarOp::Ne, &[n.value(), zero]);
                    is_met = cx.b.scalar(ScalarOp::And, &[is_met, some]);
                }
                cx.raise_if(is_met, ExceptionKind::ValueError, text);
            }
            None => {
                let zero = cx.b.i64(0);
                let exponent = cx.to_dtype(b, DType::I64)?;
                let negative = cx.b.scalar(ScalarOp::Lt, &[exponent, zero]);
                cx.raise_if(negative, ExceptionKind::ValueError, text);
            }
        }
    }
    Ok(Loop { dtype: common, op })
}

/// `a op b`.
pub fn binary(cx: &mut FnLower<'_>, op: BinOp, a: &Val, b: &Val) -> Res {
    if op == BinOp::MatMul {
        return super::linalg::matmul(cx, a, b);
    }
    let (a, b) = (cx.operand(a)?, cx.operand(b)?);
    let picked = binary_loop(cx, op, &a, &b)?;
    binary_with(cx, &a, &b, &picked)
}

fn binary_with(cx: &mut FnLower<'_>, a: &Val, b: &Val, picked: &Loop) -> Res {
    let op = picked.op;
    // A one-operand body has no use for a scalar exponent.
    if !matches!(op, LoopOp::One(op) if op.arity() == 2) {
        return cx.elementwise(std::slice::from_ref(a), &[picked.dtype], &|body, args| {
            op.build(body, args)
        });
    }
    let build: Build = &|body, args| op.build(body, args);
    cx.elementwise(&[a.clone(), b.clone()], &[picked.dtype; 2], build)
}

/// `a op= b`: in place for an array, else as `a = a op b`. Gives the variable's new value.
pub fn inplace(cx: &mut FnLower<'_>, op: BinOp, a: &Val, b: &Val) -> Res {
    let Ty::Array(dtype, ndim) = a.ty else {
        return binary(cx, op, a, b);
    };
    if op == BinOp::MatMul {
        return Err(cx.unsupported(Why::Expression, "`@=` in place"));
    }
    let b = cx.operand(b)?;
    let b_ndim = match b.ty {
        Ty::Array(_, n) => n,
        _ => 0,
    };
    let picked = binary_loop(cx, op, a, &b)?;
    let one = matches!(picked.op, LoopOp::One(op) if op.arity() == 2);
    if !same_kind(picked.result(), dtype) || b_ndim > ndim {
        return Err(cx.unsupported(Why::Argument, "NumPy refuses to store the result in place"));
    }
    let op = picked.op;
    let build: Build = &|body, args| op.build(body, args);
    if one {
        cx.elementwise_into(a, true, &[a.clone(), b], &[picked.dtype; 2], build)?;
    } else {
        cx.elementwise_into(a, true, std::slice::from_ref(a), &[picked.dtype], build)?;
    }
    Ok(a.clone())
}

/// `a < b` and the like.
pub fn compare(cx: &mut FnLower<'_>, op: CmpOp, a: &Val, b: &Val) -> Res {
    let (a, b) = (cx.operand(a)?, cx.operand(b)?);
    let Some(mut common) = result_type([&a.ty, &b.ty].into_iter()) else {
        return Err(cx.unsupported(Why::DType, "no native comparison of these dtypes"));
    };
    // A Python int beside an int32 compares by value, also beyond 32 bits.
    if common == DType::I32 && (a.ty == Ty::Int || b.ty == Ty::Int) {
        common = DType::I64;
    }
    if common == DType::C128 && !matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Err(cx.unsupported(Why::DType, "complex numbers are ordered in CPython"));
    }
    // int64 against a float compares as float64, as NumPy does for arrays.
    let scalar = op.scalar();
    cx.elementwise(&[a, b], &[common; 2], &|body, args| {
        body.push(scalar, args, DType::Bool)
    })
}

/// `-a`, `+a`, `~a`.
pub fn unary(cx: &mut FnLower<'_>, op: UnaryOp, a: &Val) -> Res {
    let a = cx.operand(a)?;
    let Some(dtype) = a.ty.dtype() else {
        return Err(cx.unsupported(Why::Mixed, "not a number"));
    };
    let scalar = match (op, dtype) {
        (UnaryOp::Neg, DType::Bool) => {
            return Err(cx.raise(
                ExceptionKind::TypeError,
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not \
                 function instead.",
            ));
        }
        (UnaryOp::Neg, _) => ScalarOp::Neg,
        (UnaryOp::Pos, DType::Bool) => return Err(cx.unsupported(Why::DType, "`+` of a boolean array")),
        (UnaryOp::Pos, _) => return cx.elementwise(&[a], &[dtype], &|_, args| args[0]),
        (UnaryOp::Invert, DType::Bool | DType::I32 | DType::I64) => ScalarOp::Not,
        (UnaryOp::Invert, _) => return Err(cx.unsupported(Why::DType, "`~` of a float")),
    };
    cx.elementwise(&[a], &[dtype], &|body, args| body.push(scalar, args, dtype))
}

/// The loop of a named two-operand ufunc, by the kind of its dtype rule.
pub fn float_loop(cx: &mut FnLower<'_>, a: &Val, b: &Val) -> Res<DType> {
    let common = result_type([&a.ty, &b.ty].into_iter());
    match common.and_then(float_of) {
        Some(dtype) if dtype != DType::C128 => Ok(dtype),
        _ => Err(cx.unsupported(Why::DType, "no native loop for these dtypes")),
    }
}

/// `promote` over a list of operands that must be of native dtypes.
pub fn common_dtype(cx: &FnLower<'_>, vals: &[Val]) -> Res<DType> {
    match result_type(vals.iter().map(|v| &v.ty)) {
        Some(dtype) => Ok(dtype),
        None => vals
            .iter()
            .filter_map(|v| v.ty.dtype())
            .reduce(promote)
            .ok_or_else(|| cx.unsupported(Why::DType, "operands of unknown dtype")),
    }
}
