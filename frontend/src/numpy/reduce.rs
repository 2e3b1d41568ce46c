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
        "average" => average(cx, args),
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
    if let Ty::List(_) = axis.ty {
        return Err(cx.unsupported(Why::Argument, "a list as the axis of a reduction"));
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

/// The axis of a reduction: NumPy lets 0 and -1 pass for 0-d arrays.
fn of_scalar(axis: Option<Val>, ndim: u8) -> Option<Val> {
    axis.filter(|a| ndim > 0 || !matches!(a.const_int(), Some(0 | -1)))
}

/// A constant axis, normalized; raises NumPy's error when there is no such axis.
pub fn axis_in(cx: &mut FnLower<'_>, axis: i64, ndim: u8) -> Res<u8> {
    axis_named(cx, "", axis, ndim)
}

/// As [`axis_in`]; `prefix` is what NumPy's error says first (`axis1: `).
pub fn axis_named(cx: &mut FnLower<'_>, prefix: &str, axis: i64, ndim: u8) -> Res<u8> {
    let n = ndim as i64;
    if axis < -n || axis >= n {
        let text = format!("{prefix}axis {axis} is out of bounds for array of dimension {n}");
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
    if args.kw.iter().any(|(k, _)| k == "where" || k == "initial") {
        return masked(cx, name, args);
    }
    let [a, axis, dtype, out, keepdims] = match name {
        "sum" | "prod" => bind(cx, name, args, ["a", "axis", "dtype", "out", "keepdims"])?,
        _ => {
            let [a, axis, out, keepdims] = bind(cx, name, args, ["a", "axis", "out", "keepdims"])?;
            [a, axis, None, out, keepdims]
        }
    };
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let mask = axes_arg(cx, &of_scalar(axis, ndim), ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let (op, to) = match name {
        "sum" | "prod" => {
            let natural = widened(from);
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
    let result = match to {
        DType::I32 if matches!(op, ReduceOp::Sum | ReduceOp::Prod) => narrow(cx, &array, &|cx, array| {
            reduce_as(cx, op, array, mask, keepdims, DType::I64)
        })?,
        _ => reduce_as(cx, op, &array, mask, keepdims, to)?,
    };
    into(cx, name, result, out)
}

/// A sum or product in int32: that in int64 of the same numbers, wrapped at the end.
fn narrow(cx: &mut FnLower<'_>, array: &Val, wide: &dyn Fn(&mut FnLower<'_>, &Val) -> Res) -> Res {
    let array = cx.astype_if(array, DType::I32)?;
    let result = wide(cx, &array)?;
    match result.ty {
        Ty::Array(..) => cx.astype(&result, DType::I32),
        _ => Ok(Val::one(Ty::Np(DType::I32), cx.b.cast(result.value(), DType::I32))),
    }
}

/// A reduction with `where` or `initial`: NumPy's, of a known type.
fn masked(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let position = |k: usize, key: &str| args.pos.get(k).or(args.kw(key)).cloned();
    let array = subject(cx, position(0, "a"), name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let mask = axes_arg(cx, &of_scalar(position(1, "axis"), ndim), ndim)?;
    let keepdims = flag(cx, &args.kw("keepdims").cloned(), "keepdims")?;
    let dtype = match name {
        "sum" | "prod" => dtype_arg(cx, &args.kw("dtype").cloned(), widened(from))?,
        "mean" | "var" | "std" => dtype_arg(cx, &args.kw("dtype").cloned(), float_of(from).unwrap_or(DType::F64))?,
        "any" | "all" => DType::Bool,
        _ => from,
    };
    let reason = format!("argument 'where' or 'initial' of numpy.{name}");
    if args.kw("out").is_some() || (dtype == DType::C128 && matches!(name, "var" | "std")) {
        return Err(cx.unsupported(Why::Argument, reason));
    }
    let ty = match (keepdims, ndim - mask.count_ones() as u8) {
        (true, _) => Ty::Array(dtype, ndim),
        (false, 0) => Ty::Np(dtype),
        (false, left) => Ty::Array(dtype, left),
    };
    Err(cx.typed_fallback(ty, Why::Argument, reason))
}

/// What sums and products of a dtype accumulate in.
fn widened(dtype: DType) -> DType {
    match dtype {
        DType::Bool | DType::I32 => DType::I64,
        other => other,
    }
}

/// The result, or `out` with it stored.
fn into(cx: &mut FnLower<'_>, name: &str, result: Val, out: Option<Val>) -> Res {
    let Some(out) = out.filter(|o| !o.is_none()) else {
        return Ok(result);
    };
    let ndim = if let Ty::Array(_, n) = result.ty { n } else { 0 };
    match out.ty {
        Ty::Array(to, n) if n == ndim && result.ty.dtype() == Some(to) => {
            super::index::assign(cx, &out, &result)?;
            Ok(out)
        }
        _ => Err(cx.unsupported(Why::Argument, format!("argument 'out' of numpy.{name}"))),
    }
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
        let array = cx.elementwise(std::slice::from_ref(array), &[DType::C128], &|body, args| {
            truth(body, args[0])
        })?;
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
    if args.kw.iter().any(|(k, _)| k == "where") {
        return masked(cx, "mean", args);
    }
    let [a, axis, dtype, out, keepdims] = bind(cx, "mean", args, ["a", "axis", "dtype", "out", "keepdims"])?;
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
    let result = super::operator::binary(cx, BinOp::Div, &total, &n)?;
    into(cx, "mean", result, out)
}

fn variance(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    if args.kw.iter().any(|(k, _)| k == "where") {
        return masked(cx, name, args);
    }
    let [a, axis, dtype, out, ddof, keepdims, correction] = bind(
        cx,
        name,
        args,
        ["a", "axis", "dtype", "out", "ddof", "keepdims", "correction"],
    )?;
    let ddof = ddof.or(correction);
    if [&dtype, &out]
        .into_iter()
        .any(|v| v.as_ref().is_some_and(|v| !v.is_none()))
    {
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
    let axis = match of_scalar(axis, ndim) {
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
    let array = subject(cx, a, name)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let natural = widened(from);
    let to = dtype_arg(cx, &dtype, natural)?;
    if to == DType::Bool {
        return Err(cx.unsupported(Why::DType, format!("numpy.{name} of dtype bool")));
    }
    let axis = match of_scalar(axis, ndim) {
        Some(v) if !v.is_none() => match v.const_int() {
            Some(axis) => Some(axis_in(cx, axis, ndim)?),
            None => return Err(cx.need_const("axis")),
        },
        _ => None,
    };
    let left = if axis.is_some() { ndim } else { 1 };
    let scan = |cx: &mut FnLower<'_>, array: &Val, to: DType| {
        let array = cx.astype_if(array, to)?;
        let call = vec![
            Arg::Value(array.value()),
            Arg::Imm(if name == "cumsum" { 0 } else { 1 }),
            Arg::Imm(axis.map_or(-1, i64::from)),
            Arg::Imm(to as i64),
        ];
        Ok(cx.rt(Rt::Scan, call, Ty::Array(to, left)))
    };
    let result = match to {
        DType::I32 => narrow(cx, &array, &|cx, array| scan(cx, array, DType::I64))?,
        _ => scan(cx, &array, to)?,
    };
    into(cx, name, result, out)
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

/// `numpy.average`: a mean, or a weighted one.
fn average(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis, weights, keepdims] = bind(cx, "average", args, ["a", "axis", "weights", "keepdims"])?;
    let array = subject(cx, a, "average")?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let with = |array: Val, dtype: Option<DType>| {
        let mut kw: Vec<(String, Val)> = Vec::new();
        kw.extend(axis.clone().map(|v| ("axis".to_owned(), v)));
        kw.extend(keepdims.clone().map(|v| ("keepdims".to_owned(), v)));
        kw.extend(dtype.map(|d| ("dtype".to_owned(), Val::unit(Ty::DType(d)))));
        Args { pos: vec![array], kw }
    };
    let Some(weights) = weights.filter(|w| !w.is_none()) else {
        let args = with(array, None);
        return mean(cx, &args);
    };
    let mut weights = as_array(cx, &weights, None)?;
    let Ty::Array(of_weights, m) = weights.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let common = super::promote::promote(from, of_weights);
    let to = if matches!(from, DType::Bool | DType::I32 | DType::I64) {
        super::promote::promote(common, DType::F64)
    } else {
        common
    };
    match axis.as_ref().filter(|v| !v.is_none()).map(Val::const_int) {
        _ if m == ndim => {}
        Some(Some(axis)) if m == 1 => {
            let axis = axis_in(cx, axis, ndim)?;
            let items = (0..ndim)
                .map(|d| {
                    if d == axis {
                        lnp_ir::ViewDim::Full
                    } else {
                        lnp_ir::ViewDim::NewAxis
                    }
                })
                .collect();
            weights = super::index::view(cx, &weights, items);
        }
        _ => return Err(cx.unsupported(Why::Argument, "these weights of numpy.average")),
    }
    let args = with(weights.clone(), Some(to));
    let scale = simple(cx, "sum", &args)?;
    if m == ndim {
        let same = cx.b.call_rt(
            Rt::SameShape,
            vec![Arg::Value(array.value()), Arg::Value(weights.value())],
            lnp_ir::Ty::BOOL,
        );
        let differs = cx.b.scalar(ScalarOp::Not, &[same]);
        let text = "Axis must be specified when shapes of a and weights differ.";
        cx.raise_if(differs, ExceptionKind::TypeError, text);
    }
    let zero = cx.float(0.0);
    let none = super::operator::compare(cx, crate::ops::CmpOp::Eq, &scale, &zero)?;
    let none = match none.ty {
        Ty::Array(_, n) => reduce_as(cx, ReduceOp::Any, &none, (1 << n) - 1, false, DType::Bool)?,
        _ => none,
    };
    let text = "Weights sum to zero, can't be normalized";
    cx.raise_if(none.value(), ExceptionKind::ZeroDivisionError, text);
    let products = cx.elementwise(&[array, weights], &[to; 2], &|body, args| {
        body.push(ScalarOp::Mul, args, to)
    })?;
    let args = with(products, None);
    let total = simple(cx, "sum", &args)?;
    super::operator::binary(cx, BinOp::Div, &total, &scale)
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
