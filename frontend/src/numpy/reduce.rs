//! Reductions, scans and what is made of them: sum, mean, var, argmin, cumsum, ….

use super::create::{as_array, bind, dims, dtype_arg};
use super::elementwise::cast;
use super::promote::float_of;
use super::ufunc::truth;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{Arg, ReduceOp, Rt, ScalarOp};

/// Calls a reduction, function or method (the array is the first argument).
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "sum" | "prod" | "min" | "max" | "amin" | "amax" | "any" | "all" => simple(cx, name, args),
        "mean" => mean(cx, args),
        "var" | "std" => variance(cx, name, args),
        "argmin" | "argmax" => arg_reduce(cx, name, args),
        "cumsum" | "cumprod" => scan(cx, name, args),
        "count_nonzero" => count_nonzero(cx, args),
        "ptp" => ptp(cx, args),
        "trace" => trace(cx, args),
        _ => return None,
    })
}

/// The axes argument as a bit mask over `ndim` axes. None is all.
pub fn axes_arg(cx: &mut FnLower<'_>, axis: &Option<Val>, ndim: u8) -> Res<u32> {
    let all = (1u32 << ndim) - 1;
    let Some(axis) = axis else { return Ok(all) };
    if axis.is_none() {
        return Ok(all);
    }
    let Some(list) = axis.const_ints() else {
        return Err(cx.need_const("axis"));
    };
    let mut mask = 0;
    for axis in list {
        let bit = 1 << axis_in(cx, axis, ndim)?;
        if mask & bit != 0 {
            return Err(cx.raise(ExceptionKind::ValueError, "duplicate value in 'axis'"));
        }
        mask |= bit;
    }
    Ok(mask)
}

/// A constant axis, normalized; raises NumPy's error when there is no such axis.
pub fn axis_in(cx: &mut FnLower<'_>, axis: i64, ndim: u8) -> Res<u8> {
    let n = ndim as i64;
    if axis < -n || axis >= n {
        let text = format!("axis {axis} is out of bounds for array of dimension {n}");
        return Err(cx.raise(ExceptionKind::AxisError, &text));
    }
    Ok(if axis < 0 { axis + n } else { axis } as u8)
}

/// A flag known at compile time.
pub fn flag(cx: &mut FnLower<'_>, val: &Option<Val>, name: &str) -> Res<bool> {
    match val {
        None => Ok(false),
        Some(v) => v.const_bool().ok_or_else(|| cx.need_const(name)),
    }
}

/// The reduced operand; scalars count as 0-d.
fn subject(cx: &mut FnLower<'_>, val: Option<Val>, name: &str) -> Res {
    match val {
        Some(v) => as_array(cx, &v, None),
        None => Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array"))),
    }
}

fn simple(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, axis, dtype, out, keepdims] = match name {
        "sum" | "prod" => bind(cx, name, args, ["a", "axis", "dtype", "out", "keepdims"])?,
        _ => {
            let [a, axis, out, keepdims] = bind(cx, name, args, ["a", "axis", "out", "keepdims"])?;
            [a, axis, None, out, keepdims]
        }
    };
    if out.is_some_and(|o| !o.is_none()) {
        return Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}")));
    }
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let mask = axes_arg(cx, &axis, ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let (op, to) = match name {
        "sum" | "prod" => {
            let natural = match from {
                DType::Bool | DType::I32 => DType::I64,
                other => other,
            };
            let op = if name == "sum" { ReduceOp::Sum } else { ReduceOp::Prod };
            (op, dtype_arg(cx, &dtype, natural)?)
        }
        "min" | "amin" if from == DType::Bool => (ReduceOp::All, from),
        "max" | "amax" if from == DType::Bool => (ReduceOp::Any, from),
        "min" | "amin" | "max" | "amax" if from == DType::C128 => {
            return Err(cx.unsupported(Why::DType, "complex numbers are ordered in CPython"));
        }
        "min" | "amin" => (ReduceOp::Min, from),
        "max" | "amax" => (ReduceOp::Max, from),
        "any" => (ReduceOp::Any, DType::Bool),
        _ => (ReduceOp::All, DType::Bool),
    };
    if to == DType::Bool && matches!(op, ReduceOp::Sum | ReduceOp::Prod) {
        return Err(cx.unsupported(Why::DType, "a sum of dtype bool"));
    }
    reduce_as(cx, op, &array, mask, keepdims, to)
}

/// Reduces along the axes of `mask` in dtype `to`.
pub fn reduce_as(cx: &mut FnLower<'_>, op: ReduceOp, array: &Val, mask: u32, keepdims: bool, to: DType) -> Res {
    if mask == 0 {
        // Nothing to combine: the elements themselves, in the result's dtype.
        return match array.ty {
            Ty::Array(from, 0) => {
                let item = cx.item(array, from);
                cx.elementwise(&[item], &[from], &|body, args| cast(body, args[0], to))
            }
            _ => cx.astype(array, to),
        };
    }
    if array.ty.dtype() == Some(DType::C128) && to == DType::Bool {
        let array = cx.elementwise(std::slice::from_ref(array), &[DType::C128], &|body, args| truth(body, args[0]))?;
        return cx.reduction(op, &array, mask, keepdims, to);
    }
    cx.reduction(op, array, mask, keepdims, to)
}

/// The number of elements along the axes of `mask`: an `int`.
fn count(cx: &mut FnLower<'_>, array: &Val, mask: u32) -> Val {
    let ndim = if let Ty::Array(_, n) = array.ty { n } else { 0 };
    let mut total = cx.b.i64(1);
    for (axis, extent) in dims(cx, array, ndim).into_iter().enumerate() {
        if mask & (1 << axis) != 0 {
            total = cx.b.scalar(ScalarOp::Mul, &[total, extent]);
        }
    }
    Val::one(Ty::Int, total)
}

fn mean(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis, dtype, keepdims] = bind(cx, "mean", args, ["a", "axis", "dtype", "keepdims"])?;
    let array = subject(cx, a, "mean")?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let mask = axes_arg(cx, &axis, ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let natural = float_of(from).unwrap_or(DType::F64);
    let to = dtype_arg(cx, &dtype, natural)?;
    if !matches!(to, DType::F32 | DType::F64 | DType::C128) {
        return Err(cx.unsupported(Why::DType, "a mean of an integer dtype"));
    }
    let total = reduce_as(cx, ReduceOp::Sum, &array, mask, keepdims, to)?;
    let n = count(cx, &array, mask);
    super::operator::binary(cx, BinOp::Div, &total, &n)
}

fn variance(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, axis, dtype, out, ddof, keepdims] =
        bind(cx, name, args, ["a", "axis", "dtype", "out", "ddof", "keepdims"])?;
    if [&dtype, &out].into_iter().any(|v| v.as_ref().is_some_and(|v| !v.is_none())) {
        return Err(cx.unsupported(Why::Argument, format!("argument 'dtype' or 'out' of numpy.{name}")));
    }
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let mask = axes_arg(cx, &axis, ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let to = float_of(from).unwrap_or(DType::F64);
    if ndim == 0 {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of a scalar")));
    }
    let n = count(cx, &array, mask);
    let total = reduce_as(cx, ReduceOp::Sum, &array, mask, true, to)?;
    let centre = super::operator::binary(cx, BinOp::Div, &total, &n)?;
    let squares = cx.elementwise(&[array, centre], &[to; 2], &|body, args| {
        let d = body.push(ScalarOp::Sub, args, to);
        if to == DType::C128 {
            let re = body.push(ScalarOp::Re, &[d], DType::F64);
            let im = body.push(ScalarOp::Im, &[d], DType::F64);
            let re = body.push(ScalarOp::Mul, &[re, re], DType::F64);
            let im = body.push(ScalarOp::Mul, &[im, im], DType::F64);
            return body.push(ScalarOp::Add, &[re, im], DType::F64);
        }
        body.push(ScalarOp::Mul, &[d, d], to)
    })?;
    let to = squares.ty.dtype().unwrap_or(to);
    let total = reduce_as(cx, ReduceOp::Sum, &squares, mask, keepdims, to)?;
    let divisor = match ddof {
        None => n,
        Some(ddof) => {
            let left = match ddof.ty {
                Ty::Int => {
                    let left = cx.b.scalar(ScalarOp::Sub, &[n.value(), ddof.value()]);
                    Val::one(Ty::Int, left)
                }
                _ => return Err(cx.unsupported(Why::Argument, "a fractional 'ddof'")),
            };
            let zero = cx.b.i64(0);
            Val::one(Ty::Int, cx.b.scalar(ScalarOp::Max, &[left.value(), zero]))
        }
    };
    let variance = super::operator::binary(cx, BinOp::Div, &total, &divisor)?;
    if name == "std" {
        return cx.elementwise(&[variance], &[to], &|body, args| body.push(ScalarOp::Sqrt, args, to));
    }
    Ok(variance)
}

fn arg_reduce(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, axis, out, keepdims] = bind(cx, name, args, ["a", "axis", "out", "keepdims"])?;
    if out.is_some_and(|o| !o.is_none()) {
        return Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}")));
    }
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    if from == DType::C128 {
        return Err(cx.unsupported(Why::DType, "complex numbers are ordered in CPython"));
    }
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let axis = match axis {
        Some(v) if !v.is_none() => match v.const_int() {
            Some(axis) => Some(axis_in(cx, axis, ndim)?),
            None => return Err(cx.need_const("axis")),
        },
        _ => None,
    };
    let left = match (keepdims, axis) {
        (true, _) => ndim,
        (false, Some(_)) => ndim - 1,
        (false, None) => 0,
    };
    let call = vec![
        Arg::Value(array.value()),
        Arg::Imm(if name == "argmin" { 0 } else { 1 }),
        Arg::Imm(axis.map_or(-1, i64::from)),
        Arg::ImmBool(keepdims),
    ];
    let result = cx.rt(Rt::ArgReduce, call, Ty::Array(DType::I64, left));
    if left == 0 && !keepdims {
        return Ok(cx.item(&result, DType::I64));
    }
    Ok(result)
}

fn scan(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, axis, dtype, out] = bind(cx, name, args, ["a", "axis", "dtype", "out"])?;
    if out.is_some_and(|o| !o.is_none()) {
        return Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}")));
    }
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let natural = match from {
        DType::Bool | DType::I32 => DType::I64,
        other => other,
    };
    let to = dtype_arg(cx, &dtype, natural)?;
    let array = cx.astype_if(&array, to)?;
    let axis = match axis {
        Some(v) if !v.is_none() => match v.const_int() {
            Some(axis) => Some(axis_in(cx, axis, ndim)?),
            None => return Err(cx.need_const("axis")),
        },
        _ => None,
    };
    let call = vec![
        Arg::Value(array.value()),
        Arg::Imm(if name == "cumsum" { 0 } else { 1 }),
        Arg::Imm(axis.map_or(-1, i64::from)),
        Arg::Imm(to as i64),
    ];
    let left = if axis.is_some() { ndim } else { 1 };
    Ok(cx.rt(Rt::Scan, call, Ty::Array(to, left)))
}

fn count_nonzero(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis, keepdims] = bind(cx, "count_nonzero", args, ["a", "axis", "keepdims"])?;
    let array = subject(cx, a, "count_nonzero")?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let whole = axis.as_ref().is_none_or(Val::is_none);
    let mask = axes_arg(cx, &axis, ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let array = if from == DType::Bool {
        array
    } else {
        let array = cx.operand(&array)?;
        cx.elementwise(&[array], &[from], &|body, args| truth(body, args[0]))?
    };
    if !array.ty.is_array() {
        let value = cx.b.cast(array.value(), DType::I64);
        return Ok(Val::one(Ty::Int, value));
    }
    let total = reduce_as(cx, ReduceOp::Sum, &array, mask, keepdims, DType::I64)?;
    // Over everything it is a Python int.
    Ok(match total.ty {
        Ty::Np(_) if whole => Val::one(Ty::Int, total.value()),
        _ => total,
    })
}

fn ptp(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let high = simple(cx, "max", args)?;
    let low = simple(cx, "min", args)?;
    super::operator::binary(cx, BinOp::Sub, &high, &low)
}

fn trace(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, offset] = bind(cx, "trace", args, ["a", "offset"])?;
    let array = subject(cx, a, "trace")?;
    let Ty::Array(from, 2) = array.ty else {
        return Err(cx.unsupported(Why::Argument, "numpy.trace of an array that is not 2-D"));
    };
    let offset = match offset {
        Some(k) => cx.to_index(&k)?,
        None => cx.b.i64(0),
    };
    let diagonal = cx.rt(
        Rt::Diagonal,
        vec![Arg::Value(array.value()), Arg::Value(offset)],
        Ty::Array(from, 1),
    );
    simple(cx, "sum", &Args::only(diagonal))
}
