//! Shapes: reshape, transpose, joining, rolling, repeating.

use super::create::{as_array, bind, copy_of, dims, shape_arg};
use super::index::view;
use super::operator::common_dtype;
use super::reduce::axis_in;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp, ViewDim};

/// Calls a shape function, or method with the array as first argument.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "reshape" => function_reshape(cx, args),
        "transpose" | "permute_dims" => function_transpose(cx, args),
        "ravel" => one_array(cx, name, args).and_then(|a| ravel(cx, &a)),
        "squeeze" => squeeze(cx, args),
        "expand_dims" => expand_dims(cx, args),
        "swapaxes" => swapaxes(cx, args),
        "moveaxis" => moveaxis(cx, args),
        "broadcast_to" => broadcast_to(cx, args),
        "diagonal" => diagonal(cx, args),
        "diag" => diag(cx, args),
        "concatenate" | "concat" => join(cx, name, args, None),
        "stack" => join_stack(cx, args),
        "vstack" | "row_stack" | "hstack" | "dstack" | "column_stack" => named_stack(cx, name, args),
        "append" => append(cx, args),
        "roll" => roll(cx, args),
        "repeat" => repeat(cx, args),
        "tile" => tile(cx, args),
        "flip" | "flipud" | "fliplr" => flip(cx, name, args),
        "diff" => diff(cx, args),
        "atleast_1d" | "atleast_2d" => at_least(cx, name, args),
        "shape" => one_array(cx, name, args).map(|a| shape_tuple(cx, &a)),
        "ndim" => one_array(cx, name, args).map(|a| {
            let n = ndim_of(&a);
            cx.int(n as i64)
        }),
        "size" if args.pos.len() == 1 && args.kw.is_empty() => one_array(cx, name, args).map(|a| size(cx, &a)),
        _ => return None,
    })
}

fn ndim_of(array: &Val) -> u8 {
    if let Ty::Array(_, n) = array.ty { n } else { 0 }
}

fn dtype(array: &Val) -> DType {
    array.ty.dtype().unwrap_or(DType::F64)
}

fn one_array(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    match (args.pos.as_slice(), args.kw.as_slice()) {
        ([a], []) => as_array(cx, a, None),
        _ => Err(cx.unsupported(Why::Argument, format!("numpy.{name} with these arguments"))),
    }
}

/// The extents as a tuple of ints.
pub fn shape_tuple(cx: &mut FnLower<'_>, array: &Val) -> Val {
    let ndim = ndim_of(array);
    let extents = dims(cx, array, ndim);
    Val::tuple(extents.into_iter().map(|v| Val::one(Ty::Int, v)).collect())
}

/// The extent of an axis.
pub fn dim(cx: &mut FnLower<'_>, array: &Val, axis: u8) -> ir::Value {
    let inst = ir::Inst::Dim { array: array.value(), axis };
    cx.b.push1(inst, ir::Ty::I64)
}

/// The number of elements.
pub fn size(cx: &mut FnLower<'_>, array: &Val) -> Val {
    let ndim = ndim_of(array);
    let mut total = None;
    for extent in dims(cx, array, ndim) {
        total = Some(match total {
            None => extent,
            Some(so_far) => cx.b.scalar(ScalarOp::Mul, &[so_far, extent]),
        });
    }
    match total {
        Some(total) => Val::one(Ty::Int, total),
        None => cx.int(1),
    }
}

fn function_reshape(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, shape, order] = bind(cx, "reshape", args, ["a", "shape", "order"])?;
    let (Some(a), Some(shape)) = (a, shape) else {
        return Err(cx.unsupported(Why::Argument, "numpy.reshape without a shape"));
    };
    if order.is_some_and(|o| o.const_str() != Some("C")) {
        return Err(cx.unsupported(Why::Argument, "argument 'order' of numpy.reshape"));
    }
    let array = as_array(cx, &a, None)?;
    reshape(cx, &array, &shape)
}

/// `array.reshape(shape)`.
pub fn reshape(cx: &mut FnLower<'_>, array: &Val, shape: &Val) -> Res {
    let shape = shape_arg(cx, shape)?;
    Ok(reshape_to(cx, array, shape))
}

fn reshape_to(cx: &mut FnLower<'_>, array: &Val, shape: Vec<ir::Value>) -> Val {
    let ty = Ty::Array(dtype(array), shape.len() as u8);
    cx.rt(Rt::Reshape, vec![Arg::Value(array.value()), Arg::Slots(shape)], ty)
}

fn function_transpose(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axes] = bind(cx, "transpose", args, ["a", "axes"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.transpose without an array"));
    };
    let array = as_array(cx, &a, None)?;
    transpose(cx, &array, axes.as_ref().filter(|v| !v.is_none()))
}

/// `array.transpose(axes)`; without axes they are reversed.
pub fn transpose(cx: &mut FnLower<'_>, array: &Val, axes: Option<&Val>) -> Res {
    let ndim = ndim_of(array);
    let axes: Vec<i64> = match axes {
        None => (0..ndim as i64).rev().collect(),
        Some(axes) => match axes.const_ints() {
            Some(axes) => axes,
            None => return Err(cx.need_const("axes")),
        },
    };
    if axes.len() != ndim as usize {
        return Err(cx.raise(ExceptionKind::ValueError, "axes don't match array"));
    }
    let mut perm = Vec::new();
    for axis in axes {
        let axis = axis_in(cx, axis, ndim)? as i64;
        if perm.contains(&axis) {
            return Err(cx.raise(ExceptionKind::ValueError, "repeated axis in transpose"));
        }
        perm.push(axis);
    }
    Ok(permute(cx, array, perm))
}

/// The axes in another order: a view.
pub fn permute(cx: &mut FnLower<'_>, array: &Val, perm: Vec<i64>) -> Val {
    if perm.iter().enumerate().all(|(idx, &axis)| idx as i64 == axis) {
        // A view all the same, so that assignment to the name does not tell.
        return array.clone();
    }
    cx.rt(
        Rt::Transpose,
        vec![Arg::Value(array.value()), Arg::ImmSlots(perm)],
        array.ty.clone(),
    )
}

/// `array.ravel()`: a view where the layout allows.
pub fn ravel(cx: &mut FnLower<'_>, array: &Val) -> Res {
    Ok(cx.rt(Rt::Ravel, vec![Arg::Value(array.value())], Ty::Array(dtype(array), 1)))
}

fn squeeze(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis] = bind(cx, "squeeze", args, ["a", "axis"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.squeeze without an array"));
    };
    let array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    let Some(axis) = axis.filter(|v| !v.is_none()) else {
        // The result's ndim depends on the extents.
        return Err(cx.unsupported(Why::Argument, "numpy.squeeze without 'axis': the number of dimensions is not known"));
    };
    let Some(axes) = axis.const_ints() else {
        return Err(cx.need_const("axis"));
    };
    let mut mask = 0i64;
    for axis in axes {
        mask |= 1 << axis_in(cx, axis, ndim)?;
    }
    let ty = Ty::Array(dtype(&array), ndim - mask.count_ones() as u8);
    Ok(cx.rt(Rt::Squeeze, vec![Arg::Value(array.value()), Arg::Imm(mask)], ty))
}

fn expand_dims(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, axis] = bind(cx, "expand_dims", args, ["a", "axis"])?;
    let (Some(a), Some(axis)) = (a, axis) else {
        return Err(cx.unsupported(Why::Argument, "numpy.expand_dims without 'axis'"));
    };
    let array = as_array(cx, &a, None)?;
    let Some(axes) = axis.const_ints() else {
        return Err(cx.need_const("axis"));
    };
    let ndim = ndim_of(&array) + axes.len() as u8;
    if ndim as usize > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    let mut new = Vec::new();
    for axis in axes {
        new.push(axis_in(cx, axis, ndim)?);
    }
    let items = (0..ndim)
        .map(|d| if new.contains(&d) { ViewDim::NewAxis } else { ViewDim::Full })
        .collect();
    Ok(view(cx, &array, items))
}

fn swapaxes(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, first, second] = bind(cx, "swapaxes", args, ["a", "axis1", "axis2"])?;
    let (Some(a), Some(first), Some(second)) = (a, first, second) else {
        return Err(cx.unsupported(Why::Argument, "numpy.swapaxes without its axes"));
    };
    let array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    let (Some(first), Some(second)) = (first.const_int(), second.const_int()) else {
        return Err(cx.need_const("axis"));
    };
    let (first, second) = (axis_in(cx, first, ndim)?, axis_in(cx, second, ndim)?);
    let mut perm: Vec<i64> = (0..ndim as i64).collect();
    perm.swap(first as usize, second as usize);
    Ok(permute(cx, &array, perm))
}

fn moveaxis(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, from, to] = bind(cx, "moveaxis", args, ["a", "source", "destination"])?;
    let (Some(a), Some(from), Some(to)) = (a, from, to) else {
        return Err(cx.unsupported(Why::Argument, "numpy.moveaxis without its axes"));
    };
    let array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    let (Some(from), Some(to)) = (from.const_int(), to.const_int()) else {
        return Err(cx.unsupported(Why::Argument, "numpy.moveaxis of several axes"));
    };
    let (from, to) = (axis_in(cx, from, ndim)?, axis_in(cx, to, ndim)?);
    let mut perm: Vec<i64> = (0..ndim as i64).filter(|&d| d != from as i64).collect();
    perm.insert(to as usize, from as i64);
    Ok(permute(cx, &array, perm))
}

fn broadcast_to(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, shape] = bind(cx, "broadcast_to", args, ["array", "shape"])?;
    let (Some(a), Some(shape)) = (a, shape) else {
        return Err(cx.unsupported(Why::Argument, "numpy.broadcast_to without a shape"));
    };
    let array = as_array(cx, &a, None)?;
    let shape = shape_arg(cx, &shape)?;
    let ty = Ty::Array(dtype(&array), shape.len() as u8);
    Ok(cx.rt(Rt::BroadcastTo, vec![Arg::Value(array.value()), Arg::Slots(shape)], ty))
}

fn diagonal(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, offset] = bind(cx, "diagonal", args, ["a", "offset"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.diagonal without an array"));
    };
    let array = as_array(cx, &a, None)?;
    let Ty::Array(from, 2) = array.ty else {
        return Err(cx.unsupported(Why::Argument, "numpy.diagonal of an array that is not 2-D"));
    };
    let offset = match offset {
        Some(k) => cx.to_index(&k)?,
        None => cx.b.i64(0),
    };
    let call = vec![Arg::Value(array.value()), Arg::Value(offset)];
    Ok(cx.rt(Rt::Diagonal, call, Ty::Array(from, 1)))
}

/// `numpy.diag`: the diagonal of a matrix (a copy), or a matrix of a diagonal.
fn diag(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [v, k] = bind(cx, "diag", args, ["v", "k"])?;
    let Some(v) = v else {
        return Err(cx.unsupported(Why::Argument, "numpy.diag without an array"));
    };
    let array = as_array(cx, &v, None)?;
    let offset = match &k {
        Some(k) => cx.to_index(k)?,
        None => cx.b.i64(0),
    };
    match array.ty {
        Ty::Array(from, 2) => {
            let call = vec![Arg::Value(array.value()), Arg::Value(offset)];
            let diagonal = cx.rt(Rt::Diagonal, call, Ty::Array(from, 1));
            Ok(copy_of(cx, &diagonal, 0))
        }
        Ty::Array(from, 1) => {
            let n = dims(cx, &array, 1)[0];
            let magnitude = cx.b.scalar(ScalarOp::Abs, &[offset]);
            let side = cx.b.scalar(ScalarOp::Add, &[n, magnitude]);
            let matrix = super::create::alloc(cx, Rt::ArrayZeros, from, vec![side, side]);
            let call = vec![Arg::Value(matrix.value()), Arg::Value(offset)];
            let diagonal = cx.rt(Rt::Diagonal, call, Ty::Array(from, 1));
            super::index::assign(cx, &diagonal, &array)?;
            Ok(matrix)
        }
        _ => Err(cx.unsupported(Why::Argument, "numpy.diag of this array")),
    }
}

/// The arrays of a sequence argument.
fn sequence(cx: &mut FnLower<'_>, name: &str, val: &Val) -> Res<Vec<Val>> {
    let is_display = matches!(val.ty, Ty::Tuple(_)) || val.is_list_lit();
    match val.elements() {
        Some(elems) if is_display => elems.iter().map(|e| as_array(cx, e, None)).collect(),
        _ => Err(cx.unsupported(
            Why::Argument,
            format!("numpy.{name} of a sequence whose length is not known at compile time"),
        )),
    }
}

fn join(cx: &mut FnLower<'_>, name: &str, args: &Args, default: Option<i64>) -> Res {
    let [arrays, axis] = bind(cx, name, args, ["arrays", "axis"])?;
    let Some(arrays) = arrays else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without arrays")));
    };
    if let (Ty::List(elem), false) = (&arrays.ty, arrays.is_list_lit()) {
        return join_list(cx, name, elem.as_ref().clone());
    }
    let mut parts = sequence(cx, name, &arrays)?;
    if axis.as_ref().is_some_and(Val::is_none) {
        for part in &mut parts {
            *part = ravel(cx, part)?;
        }
        return concatenate(cx, &parts, 0);
    }
    let axis = match axis {
        Some(axis) => axis.const_int().ok_or_else(|| cx.need_const("axis"))?,
        None => default.unwrap_or(0),
    };
    concatenate(cx, &parts, axis)
}

/// A list of arrays whose number is known at run time only.
fn join_list(cx: &FnLower<'_>, name: &str, elem: Ty) -> Res {
    match elem {
        Ty::Array(dtype, n) => Err(cx.typed_fallback(
            Ty::Array(dtype, n),
            Why::Argument,
            format!("numpy.{name} of a list whose length is not known at compile time"),
        )),
        _ => Err(cx.unsupported(Why::Argument, format!("numpy.{name} of this list"))),
    }
}

/// Joins arrays of one ndim along an axis.
pub fn concatenate(cx: &mut FnLower<'_>, parts: &[Val], axis: i64) -> Res {
    if parts.is_empty() {
        return Err(cx.raise(ExceptionKind::ValueError, "need at least one array to concatenate"));
    }
    let ndim = ndim_of(&parts[0]);
    if ndim == 0 {
        return Err(cx.raise(ExceptionKind::ValueError, "zero-dimensional arrays cannot be concatenated"));
    }
    for (idx, part) in parts.iter().enumerate() {
        if ndim_of(part) != ndim {
            let text = format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {ndim} \
                 dimension(s) and the array at index {idx} has {} dimension(s)",
                ndim_of(part)
            );
            return Err(cx.raise(ExceptionKind::ValueError, &text));
        }
    }
    let axis = axis_in(cx, axis, ndim)?;
    let common = common_dtype(cx, parts)?;
    let mut values = Vec::new();
    for part in parts {
        values.push(cx.astype_if(part, common)?.value());
    }
    let call = vec![Arg::Imm(common as i64), Arg::Slots(values), Arg::Imm(axis as i64)];
    Ok(cx.rt(Rt::Concatenate, call, Ty::Array(common, ndim)))
}

fn join_stack(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [arrays, axis] = bind(cx, "stack", args, ["arrays", "axis"])?;
    let Some(arrays) = arrays else {
        return Err(cx.unsupported(Why::Argument, "numpy.stack without arrays"));
    };
    let axis = match axis {
        Some(axis) => axis.const_int().ok_or_else(|| cx.need_const("axis"))?,
        None => 0,
    };
    if let (Ty::List(_), false) = (&arrays.ty, arrays.is_list_lit()) {
        let stacked = as_array(cx, &arrays, None)?;
        if axis == 0 {
            return Ok(stacked);
        }
        let ndim = ndim_of(&stacked);
        let to = axis_in(cx, axis, ndim)?;
        let mut perm: Vec<i64> = (1..ndim as i64).collect();
        perm.insert(to as usize, 0);
        let moved = permute(cx, &stacked, perm);
        return Ok(copy_of(cx, &moved, 0));
    }
    let parts = sequence(cx, "stack", &arrays)?;
    let common = common_dtype(cx, &parts)?;
    stack(cx, &parts, axis, common, "all input arrays must have the same shape")
}

/// Joins arrays along a new axis; `mismatch` is the error where their shapes differ.
pub fn stack(cx: &mut FnLower<'_>, parts: &[Val], axis: i64, common: DType, mismatch: &str) -> Res {
    if parts.is_empty() {
        return Err(cx.raise(ExceptionKind::ValueError, "need at least one array to stack"));
    }
    let ndim = ndim_of(&parts[0]) + 1;
    if parts.iter().any(|p| ndim_of(p) + 1 != ndim) || ndim as usize > lnp_abi::MAX_NDIM {
        return Err(cx.raise(ExceptionKind::ValueError, mismatch));
    }
    let axis = axis_in(cx, axis, ndim)?;
    for part in &parts[1..] {
        let same = cx.b.call_rt(
            Rt::SameShape,
            vec![Arg::Value(parts[0].value()), Arg::Value(part.value())],
            ir::Ty::BOOL,
        );
        let differs = cx.b.scalar(ScalarOp::Not, &[same]);
        cx.raise_if(differs, ExceptionKind::ValueError, mismatch);
    }
    let mut expanded = Vec::new();
    for part in parts {
        let part = cx.astype_if(part, common)?;
        let items = (0..ndim)
            .map(|d| if d == axis { ViewDim::NewAxis } else { ViewDim::Full })
            .collect();
        expanded.push(view(cx, &part, items));
    }
    concatenate(cx, &expanded, axis as i64)
}

fn named_stack(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [tup] = bind(cx, name, args, ["tup"])?;
    let Some(tup) = tup else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without arrays")));
    };
    let parts = match (&tup.ty, tup.is_list_lit()) {
        (Ty::List(elem), false) if name == "vstack" && matches!(**elem, Ty::Array(_, 1)) => {
            return as_array(cx, &tup, None);
        }
        (Ty::Array(..), _) => return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of one array"))),
        _ => sequence(cx, name, &tup)?,
    };
    let mut raised = Vec::new();
    for part in &parts {
        let items: Vec<ViewDim> = match (name, ndim_of(part)) {
            ("hstack", 0) | ("vstack" | "row_stack" | "column_stack" | "dstack", 0) => {
                return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of scalars")));
            }
            ("vstack" | "row_stack", 1) => vec![ViewDim::NewAxis, ViewDim::Full],
            ("column_stack", 1) => vec![ViewDim::Full, ViewDim::NewAxis],
            ("dstack", 1) => vec![ViewDim::NewAxis, ViewDim::Full, ViewDim::NewAxis],
            ("dstack", 2) => vec![ViewDim::Full, ViewDim::Full, ViewDim::NewAxis],
            _ => {
                raised.push(part.clone());
                continue;
            }
        };
        raised.push(view(cx, part, items));
    }
    let axis = match name {
        "vstack" | "row_stack" => 0,
        "dstack" => 2,
        "hstack" if raised.first().is_some_and(|p| ndim_of(p) == 1) => 0,
        _ => 1,
    };
    concatenate(cx, &raised, axis)
}

fn append(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, values, axis] = bind(cx, "append", args, ["arr", "values", "axis"])?;
    let (Some(a), Some(values)) = (a, values) else {
        return Err(cx.unsupported(Why::Argument, "numpy.append without values"));
    };
    let (a, values) = (as_array(cx, &a, None)?, as_array(cx, &values, None)?);
    match axis.filter(|v| !v.is_none()) {
        None => {
            let parts = [ravel(cx, &a)?, ravel(cx, &values)?];
            concatenate(cx, &parts, 0)
        }
        Some(axis) => {
            let axis = axis.const_int().ok_or_else(|| cx.need_const("axis"))?;
            concatenate(cx, &[a, values], axis)
        }
    }
}

fn roll(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, shift, axis] = bind(cx, "roll", args, ["a", "shift", "axis"])?;
    let (Some(a), Some(shift)) = (a, shift) else {
        return Err(cx.unsupported(Why::Argument, "numpy.roll without a shift"));
    };
    let mut array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    let axes = match axis.filter(|v| !v.is_none()) {
        None => vec![-1],
        Some(axis) => {
            let Some(axes) = axis.const_ints() else {
                return Err(cx.need_const("axis"));
            };
            let mut out = Vec::new();
            for axis in axes {
                out.push(axis_in(cx, axis, ndim)? as i64);
            }
            out
        }
    };
    let shifts = match &shift.ty {
        Ty::Tuple(_) => shift.elements().unwrap_or_default(),
        _ => vec![shift.clone(); axes.len()],
    };
    if shifts.len() != axes.len() {
        return Err(cx.unsupported(Why::Argument, "numpy.roll with unlike numbers of shifts and axes"));
    }
    for (shift, axis) in shifts.iter().zip(axes) {
        let shift = cx.to_index(shift)?;
        let call = vec![Arg::Value(array.value()), Arg::Value(shift), Arg::Imm(axis)];
        array = cx.rt(Rt::Roll, call, array.ty.clone());
    }
    Ok(array)
}

fn repeat(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, repeats, axis] = bind(cx, "repeat", args, ["a", "repeats", "axis"])?;
    let (Some(a), Some(repeats)) = (a, repeats) else {
        return Err(cx.unsupported(Why::Argument, "numpy.repeat without a count"));
    };
    let array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    if !matches!(repeats.ty, Ty::Int | Ty::Np(_)) {
        return Err(cx.unsupported(Why::Argument, "numpy.repeat with a count per element"));
    }
    let n = cx.to_index(&repeats)?;
    let (axis, left) = match axis.filter(|v| !v.is_none()) {
        None => (-1, 1),
        Some(axis) => {
            let axis = axis.const_int().ok_or_else(|| cx.need_const("axis"))?;
            (axis_in(cx, axis, ndim)? as i64, ndim)
        }
    };
    let call = vec![Arg::Value(array.value()), Arg::Value(n), Arg::Imm(axis)];
    Ok(cx.rt(Rt::Repeat, call, Ty::Array(dtype(&array), left)))
}

/// `numpy.tile`: each axis repeated as a whole, through a broadcast view.
fn tile(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, reps] = bind(cx, "tile", args, ["A", "reps"])?;
    let (Some(a), Some(reps)) = (a, reps) else {
        return Err(cx.unsupported(Why::Argument, "numpy.tile without repetitions"));
    };
    let array = as_array(cx, &a, None)?;
    let mut reps = shape_arg(cx, &reps)?;
    let ndim = reps.len().max(ndim_of(&array) as usize);
    if 2 * ndim > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::Argument, "numpy.tile of so many dimensions"));
    }
    let mut extents = dims(cx, &array, ndim_of(&array));
    while reps.len() < ndim {
        let one = cx.b.i64(1);
        reps.insert(0, one);
    }
    let mut items = Vec::new();
    while extents.len() < ndim {
        let one = cx.b.i64(1);
        extents.insert(0, one);
        items.extend([ViewDim::NewAxis, ViewDim::NewAxis]);
    }
    for _ in 0..ndim_of(&array) {
        items.extend([ViewDim::NewAxis, ViewDim::Full]);
    }
    let interleaved = view(cx, &array, items);
    let mut wide = Vec::new();
    let mut merged = Vec::new();
    for (&rep, &extent) in reps.iter().zip(&extents) {
        wide.extend([rep, extent]);
        merged.push(cx.b.scalar(ScalarOp::Mul, &[rep, extent]));
    }
    let ty = Ty::Array(dtype(&array), wide.len() as u8);
    let broadcast = cx.rt(
        Rt::BroadcastTo,
        vec![Arg::Value(interleaved.value()), Arg::Slots(wide)],
        ty,
    );
    let copied = copy_of(cx, &broadcast, 0);
    Ok(reshape_to(cx, &copied, merged))
}

fn flip(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [m, axis] = bind(cx, name, args, ["m", "axis"])?;
    let Some(m) = m else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let array = as_array(cx, &m, None)?;
    let ndim = ndim_of(&array);
    let axis = match name {
        "flipud" => Some(cx.int(0)),
        "fliplr" => Some(cx.int(1)),
        _ => axis,
    };
    let mask = super::reduce::axes_arg(cx, &axis, ndim)?;
    let minus_one = cx.b.i64(-1);
    let items = (0..ndim)
        .map(|d| match mask & (1 << d) != 0 {
            true => ViewDim::Slice {
                start: None,
                stop: None,
                step: Some(minus_one),
            },
            false => ViewDim::Full,
        })
        .collect();
    Ok(view(cx, &array, items))
}

/// `numpy.diff`: neighbours subtracted, `n` times.
fn diff(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, n, axis] = bind(cx, "diff", args, ["a", "n", "axis"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.diff without an array"));
    };
    let mut array = as_array(cx, &a, None)?;
    let ndim = ndim_of(&array);
    if ndim == 0 || dtype(&array) == DType::Bool {
        return Err(cx.unsupported(Why::Argument, "numpy.diff of this array"));
    }
    let n = match n {
        Some(n) => n.const_int().ok_or_else(|| cx.need_const("n"))?,
        None => 1,
    };
    let axis = match axis {
        Some(axis) => axis.const_int().ok_or_else(|| cx.need_const("axis"))?,
        None => -1,
    };
    let axis = axis_in(cx, axis, ndim)?;
    if !(0..=8).contains(&n) {
        return Err(cx.unsupported(Why::Argument, "numpy.diff of this order"));
    }
    for _ in 0..n {
        let (one, minus_one) = (cx.b.i64(1), cx.b.i64(-1));
        let side = |start, stop| -> Vec<ViewDim> {
            (0..ndim)
                .map(|d| match d == axis {
                    true => ViewDim::Slice { start, stop, step: None },
                    false => ViewDim::Full,
                })
                .collect()
        };
        let (upper, lower) = (side(Some(one), None), side(None, Some(minus_one)));
        let upper = view(cx, &array, upper);
        let lower = view(cx, &array, lower);
        array = super::operator::binary(cx, crate::ops::BinOp::Sub, &upper, &lower)?;
    }
    Ok(array)
}

fn at_least(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let array = one_array(cx, name, args)?;
    let wanted = if name == "atleast_1d" { 1 } else { 2 };
    let ndim = ndim_of(&array) as usize;
    if ndim >= wanted {
        return Ok(array);
    }
    let mut items = vec![ViewDim::NewAxis; wanted - ndim];
    items.extend((0..ndim).map(|_| ViewDim::Full));
    Ok(view(cx, &array, items))
}
