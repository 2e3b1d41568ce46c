//! Sorting and what is made of it: argsort, unique, median, percentiles.

use super::create::{as_array, bind, dims};
use super::elementwise::{cast, const_float};
use super::index::view;
use super::operator::binary;
use super::promote::float_of;
use super::reduce::{axis_in, flag, reduce_as};
use super::shape::{dim, ravel};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, ReduceOp, Rt, ScalarOp, ViewDim};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "sort" => sort(cx, args),
        "argsort" => argsort(cx, args),
        "unique" => unique(cx, args),
        "median" => median(cx, args),
        "percentile" | "quantile" => quantile(cx, name, args),
        _ => return None,
    })
}

/// An array that the runtime sorts, and its axis; None flattens.
fn sortable(cx: &mut FnLower<'_>, name: &str, a: Option<Val>, axis: Option<Val>) -> Res<(Val, DType, u8, u8)> {
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let array = as_array(cx, &a, None)?;
    let (dtype, ndim) = match array.ty {
        Ty::Array(dtype, ndim @ 1..) if dtype != DType::C128 => (dtype, ndim),
        _ => return Err(cx.unsupported(Why::DType, format!("numpy.{name} of this array"))),
    };
    match axis {
        None => Ok((array, dtype, ndim, ndim - 1)),
        Some(axis) if axis.is_none() => {
            let flat = ravel(cx, &array)?;
            Ok((flat, dtype, 1, 0))
        }
        Some(axis) => {
            let axis = axis.const_int().ok_or_else(|| cx.need_const("axis"))?;
            let axis = axis_in(cx, axis, ndim)?;
            Ok((array, dtype, ndim, axis))
        }
    }
}

fn sorted(cx: &mut FnLower<'_>, array: &Val, axis: u8) -> Val {
    cx.rt(
        Rt::Sort,
        vec![Arg::Value(array.value()), Arg::Imm(i64::from(axis))],
        array.ty.clone(),
    )
}

/// The stable order of the elements along an axis.
fn order(cx: &mut FnLower<'_>, array: &Val, ndim: u8, axis: u8) -> Val {
    let call = vec![Arg::Value(array.value()), Arg::Imm(i64::from(axis))];
    cx.rt(Rt::ArgSort, call, Ty::Array(DType::I64, ndim))
}

fn sort(cx: &mut FnLower<'_>, args: &Args) -> Res {
    // Equal elements cannot be told apart: any kind gives the same.
    let [a, axis, kind, _stable] = bind(cx, "sort", args, ["a", "axis", "kind", "stable"])?;
    if kind.is_some_and(|k| !k.is_none() && k.const_str().is_none()) {
        return Err(cx.need_const("kind"));
    }
    let (array, _, _, axis) = sortable(cx, "sort", a, axis)?;
    Ok(sorted(cx, &array, axis))
}

fn argsort(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis, kind, order_by, stable] = bind(cx, "argsort", args, ["a", "axis", "kind", "order", "stable"])?;
    if order_by.is_some_and(|o| !o.is_none()) {
        return Err(cx.unsupported(Why::Argument, "argument 'order' of numpy.argsort"));
    }
    let (array, _, ndim, axis) = sortable(cx, "argsort", a, axis)?;
    let positions = order(cx, &array, ndim, axis);
    let is_stable = stable.is_some_and(|s| s.const_bool() == Some(true))
        || kind.is_some_and(|k| matches!(k.const_str(), Some("stable" | "mergesort")));
    if is_stable {
        return Ok(positions);
    }
    // NumPy's order of equal elements is its own; without any the order is the only one.
    cx.warn(
        Why::Function,
        "numpy.argsort runs in CPython where elements are equal (kind='stable' never does)",
        cx.range.clone(),
    );
    let values = sorted(cx, &array, axis);
    let upper = along(cx, &values, axis, Some(1), None);
    let lower = along(cx, &values, axis, None, Some(-1));
    let rising = super::operator::compare(cx, crate::ops::CmpOp::Gt, &upper, &lower)?;
    let distinct = reduce_as(cx, ReduceOp::All, &rising, (1 << ndim) - 1, false, DType::Bool)?;
    let ty = Ty::Array(DType::I64, ndim);
    cx.choose(
        distinct.value(),
        |_| Ok(positions.clone()),
        |cx| {
            cx.py_import("numpy");
            let object = cx.py_expr(&format!("numpy.argsort(_a, axis={axis})"), &[("_a", &array)])?;
            cx.typed(&object, &ty)
        },
    )
}

fn along(cx: &mut FnLower<'_>, array: &Val, axis: u8, start: Option<i64>, stop: Option<i64>) -> Val {
    let (start, stop) = (start.map(|v| cx.b.i64(v)), stop.map(|v| cx.b.i64(v)));
    slice_along(cx, array, axis, start, stop)
}

fn slice_along(cx: &mut FnLower<'_>, array: &Val, axis: u8, start: Option<ir::Value>, stop: Option<ir::Value>) -> Val {
    let ndim = if let Ty::Array(_, n) = array.ty { n } else { 0 };
    let items = (0..ndim)
        .map(|d| match d == axis {
            true => ViewDim::Slice {
                start,
                stop,
                step: None,
            },
            false => ViewDim::Full,
        })
        .collect();
    view(cx, array, items)
}

/// `numpy.unique` of the flattened array, with any of the optional results.
fn unique(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, index, inverse, counts, axis] = bind(
        cx,
        "unique",
        args,
        ["ar", "return_index", "return_inverse", "return_counts", "axis"],
    )?;
    let index = flag(cx, &index, "return_index")?;
    let inverse = flag(cx, &inverse, "return_inverse")?;
    let counts = flag(cx, &counts, "return_counts")?;
    if axis.is_some_and(|axis| !axis.is_none()) {
        return Err(cx.unsupported(Why::Argument, "argument 'axis' of numpy.unique"));
    }
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.unique without an array"));
    };
    let array = as_array(cx, &a, None)?;
    let shape = match array.ty {
        Ty::Array(_, n) => dims(cx, &array, n),
        _ => Vec::new(),
    };
    let (flat, dtype, ..) = sortable(cx, "unique", Some(array), Some(Val::none()))?;
    let positions = (index || inverse).then(|| order(cx, &flat, 1, 0));
    let values = sorted(cx, &flat, 0);
    let n = dim(cx, &values, 0);
    let first = super::create::alloc(cx, Rt::ArrayEmpty, DType::Bool, vec![n]);
    let yes = cx.bool(true);
    super::index::assign(cx, &first, &yes)?;
    let rest = along(cx, &first, 0, Some(1), None);
    let upper = along(cx, &values, 0, Some(1), None);
    let lower = along(cx, &values, 0, None, Some(-1));
    let is_float = dtype.is_float();
    let differs = cx.elementwise(&[upper, lower], &[dtype; 2], &|body, args| {
        let differs = body.push(ScalarOp::Ne, args, DType::Bool);
        if !is_float {
            return differs;
        }
        // All NaNs are one value; they are sorted to the end.
        let nan = body.push(ScalarOp::IsNan, &[args[1]], DType::Bool);
        let number = body.push(ScalarOp::Not, &[nan], DType::Bool);
        body.push(ScalarOp::And, &[differs, number], DType::Bool)
    })?;
    super::index::assign(cx, &rest, &differs)?;
    let pick = |cx: &mut FnLower<'_>, from: &Val| {
        let call = vec![Arg::Value(from.value()), Arg::Value(first.value())];
        cx.rt(Rt::MaskGet, call, from.ty.clone())
    };
    let mut results = vec![pick(cx, &values)];
    if let (true, Some(positions)) = (index, &positions) {
        results.push(pick(cx, positions));
    }
    if let (true, Some(positions)) = (inverse, &positions) {
        let call = vec![
            Arg::Value(first.value()),
            Arg::Imm(0),
            Arg::Imm(-1),
            Arg::Imm(DType::I64 as i64),
        ];
        let wide = cx.astype_if(&first, DType::I64)?;
        let call = [vec![Arg::Value(wide.value())], call[1..].to_vec()].concat();
        let running = cx.rt(Rt::Scan, call, Ty::Array(DType::I64, 1));
        let one = cx.int(1);
        let rank = binary(cx, BinOp::Sub, &running, &one)?;
        let whole = super::create::alloc(cx, Rt::ArrayEmpty, DType::I64, vec![n]);
        let call = vec![
            Arg::Value(whole.value()),
            Arg::Slots(vec![positions.value()]),
            Arg::Value(rank.value()),
        ];
        cx.rt_unit(Rt::GatherSet, call);
        let ty = Ty::Array(DType::I64, shape.len() as u8);
        results.push(cx.rt(Rt::Reshape, vec![Arg::Value(whole.value()), Arg::Slots(shape)], ty));
    }
    if counts {
        let starts = super::index::nonzero(cx, &first, 0);
        let end = super::create::zero_dim(cx, n, DType::I64);
        let end = view(cx, &end, vec![ViewDim::NewAxis]);
        let bounds = super::join::concatenate(cx, &[starts, end], 0)?;
        let upper = along(cx, &bounds, 0, Some(1), None);
        let lower = along(cx, &bounds, 0, None, Some(-1));
        results.push(binary(cx, BinOp::Sub, &upper, &lower)?);
    }
    Ok(match results.len() {
        1 => results.remove(0),
        _ => Val::tuple(results),
    })
}

/// Whether the last of the sorted elements along an axis, hence any, is NaN: an array or scalar
/// without that axis (or with it, `keepdims`).
fn has_nan(cx: &mut FnLower<'_>, values: &Val, axis: u8, keepdims: bool, dtype: DType) -> Res {
    let last = along(cx, values, axis, Some(-1), None);
    let last = reduce_as(cx, ReduceOp::Sum, &last, 1 << axis, keepdims, dtype)?;
    cx.elementwise(&[last], &[dtype], &|body, args| {
        body.push(ScalarOp::IsNan, args, DType::Bool)
    })
}

fn unless_nan(cx: &mut FnLower<'_>, result: &Val, is_nan: Val) -> Res {
    let dtype = result.ty.dtype().unwrap_or(DType::F64);
    cx.elementwise(&[is_nan, result.clone()], &[DType::Bool, dtype], &|body, args| {
        let nan = const_float(body, f64::NAN, dtype);
        body.push(ScalarOp::Select, &[args[0], nan, args[1]], dtype)
    })
}

/// `numpy.median`: the mean of the one or two elements in the middle.
fn median(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis, keepdims] = bind(cx, "median", args, ["a", "axis", "keepdims"])?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let flattens = axis.as_ref().is_none_or(Val::is_none);
    if keepdims && flattens {
        return Err(cx.unsupported(Why::Argument, "argument 'keepdims' of numpy.median without 'axis'"));
    }
    let (array, dtype, _, axis) = sortable(cx, "median", a, axis.or(Some(Val::none())))?;
    let values = sorted(cx, &array, axis);
    let n = dim(cx, &values, axis);
    let (one, two) = (cx.b.i64(1), cx.b.i64(2));
    let before = cx.b.scalar(ScalarOp::Sub, &[n, one]);
    let start = cx.b.scalar(ScalarOp::FloorDiv, &[before, two]);
    let middle = cx.b.scalar(ScalarOp::FloorDiv, &[n, two]);
    let stop = cx.b.scalar(ScalarOp::Add, &[middle, one]);
    let zero = cx.b.i64(0);
    let start = cx.b.scalar(ScalarOp::Max, &[start, zero]);
    let two = slice_along(cx, &values, axis, Some(start), Some(stop));
    let to = float_of(dtype).unwrap_or(DType::F64);
    let total = reduce_as(cx, ReduceOp::Sum, &two, 1 << axis, keepdims, to)?;
    let count = Val::one(Ty::Int, dim(cx, &two, axis));
    let mean = binary(cx, BinOp::Div, &total, &count)?;
    if !dtype.is_float() {
        return Ok(mean);
    }
    let is_nan = has_nan(cx, &values, axis, keepdims, dtype)?;
    unless_nan(cx, &mean, is_nan)
}

/// `numpy.percentile` and `quantile` by linear interpolation.
fn quantile(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, q, axis] = bind(cx, name, args, ["a", "q", "axis"])?;
    let Some(q) = q else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of one argument")));
    };
    let (array, dtype, ndim, axis) = sortable(cx, name, a, axis.or(Some(Val::none())))?;
    if !matches!(dtype, DType::F64 | DType::I32 | DType::I64) {
        return Err(cx.unsupported(Why::DType, format!("numpy.{name} of this dtype")));
    }
    let is_number = |v: &Val| matches!(v.ty, Ty::Int | Ty::Float | Ty::Np(DType::F64 | DType::I64));
    let is_int = |v: &Val| matches!(v.ty, Ty::Int | Ty::Np(DType::I64));
    if name == "quantile" && dtype != DType::F64 && (is_int(&q) || q.elements().unwrap_or_default().iter().any(is_int))
    {
        return Err(cx.unsupported(Why::DType, "a quantile of integers at an integer is one of them"));
    }
    let several = match q.elements() {
        Some(list) if q.is_list_lit() && !list.is_empty() && list.iter().all(is_number) => Some(list),
        _ if is_number(&q) => None,
        _ => return Err(cx.typed_fallback_of_quantiles(name, &q, ndim)),
    };
    let values = sorted(cx, &array, axis);
    let Some(several) = several else {
        return one_quantile(cx, name, &values, &q, axis, dtype);
    };
    let mut rows = Vec::new();
    for q in &several {
        let row = one_quantile(cx, name, &values, q, axis, dtype)?;
        rows.push(as_array(cx, &row, None)?);
    }
    super::join::stack(cx, &rows, 0, DType::F64, "", 0)
}

fn one_quantile(cx: &mut FnLower<'_>, name: &str, values: &Val, q: &Val, axis: u8, dtype: DType) -> Res {
    let mut q = cx.to_dtype(q, DType::F64)?;
    if name == "percentile" {
        let hundred = cx.b.f64(100.0);
        q = cx.b.scalar(ScalarOp::Div, &[q, hundred]);
    }
    let (zero, one) = (cx.b.f64(0.0), cx.b.f64(1.0));
    let low = cx.b.scalar(ScalarOp::Ge, &[q, zero]);
    let high = cx.b.scalar(ScalarOp::Le, &[q, one]);
    let inside = cx.b.scalar(ScalarOp::And, &[low, high]);
    let outside = cx.b.scalar(ScalarOp::Not, &[inside]);
    let text = match name {
        "percentile" => "Percentiles must be in the range [0, 100]",
        _ => "Quantiles must be in the range [0, 1]",
    };
    cx.raise_if(outside, ExceptionKind::ValueError, text);
    let (n, unit) = (dim(cx, values, axis), cx.b.i64(1));
    let last = cx.b.scalar(ScalarOp::Sub, &[n, unit]);
    let wide = cx.b.cast(last, DType::F64);
    let position = cx.b.scalar(ScalarOp::Mul, &[wide, q]);
    let floor = cx.b.scalar(ScalarOp::Floor, &[position]);
    let whole = cx.b.cast(floor, DType::I64);
    let above = cx.b.scalar(ScalarOp::Ge, &[position, wide]);
    let next = cx.b.scalar(ScalarOp::Add, &[whole, unit]);
    let lower = cx.b.scalar(ScalarOp::Select, &[above, last, whole]);
    let upper = cx.b.scalar(ScalarOp::Select, &[above, last, next]);
    let weight = cx.b.scalar(ScalarOp::Sub, &[position, floor]);
    let ndim = if let Ty::Array(_, n) = values.ty { n } else { 1 };
    let row = |cx: &mut FnLower<'_>, at: ir::Value| match ndim {
        1 => super::index::element(cx, values, dtype, vec![at]),
        _ => {
            let items = (0..ndim)
                .map(|d| if d == axis { ViewDim::Index(at) } else { ViewDim::Full })
                .collect();
            view(cx, values, items)
        }
    };
    let (lower, upper) = (row(cx, lower), row(cx, upper));
    let weight = Val::one(Ty::Np(DType::F64), weight);
    let result = cx.elementwise(&[lower, upper, weight], &[dtype, dtype, DType::F64], &|body, args| {
        let f = DType::F64;
        let change = body.push(ScalarOp::Sub, &[args[1], args[0]], dtype);
        let change = cast(body, change, f);
        let (a, b, t) = (cast(body, args[0], f), cast(body, args[1], f), args[2]);
        let up = body.push(ScalarOp::Mul, &[change, t], f);
        let from_below = body.push(ScalarOp::Add, &[a, up], f);
        let one = const_float(body, 1.0, f);
        let left = body.push(ScalarOp::Sub, &[one, t], f);
        let down = body.push(ScalarOp::Mul, &[change, left], f);
        let from_above = body.push(ScalarOp::Sub, &[b, down], f);
        let half = const_float(body, 0.5, f);
        let nearer = body.push(ScalarOp::Ge, &[t, half], DType::Bool);
        body.push(ScalarOp::Select, &[nearer, from_above, from_below], f)
    })?;
    if !dtype.is_float() {
        return Ok(result);
    }
    let is_nan = has_nan(cx, values, axis, false, dtype)?;
    unless_nan(cx, &result, is_nan)
}

impl<'a> FnLower<'a> {
    /// Percentiles at positions that are an array: NumPy's, of a known type.
    fn typed_fallback_of_quantiles(&self, name: &str, q: &Val, ndim: u8) -> crate::lower::Bail {
        let n = match &q.ty {
            Ty::Array(_, n) => *n,
            Ty::List(_) | Ty::Tuple(_) => 1,
            _ => return self.unsupported(Why::Argument, format!("these positions of numpy.{name}")),
        };
        let ty = Ty::Array(DType::F64, n + ndim - 1);
        self.typed_fallback(ty, Why::Argument, format!("these positions of numpy.{name}"))
    }
}
