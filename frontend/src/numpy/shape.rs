//! Shapes: reshape, transpose, squeeze, and what asks for them.

use super::aliasing::inherit;
use super::create::{as_array, bind, dims, shape_arg};
use super::index::view;
use super::reduce::{axis_in, axis_named};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp, ViewDim};

/// Calls a shape function, or method with the array as first argument.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    let base = args.pos.first().cloned();
    let copies = matches!(name, "reshape" | "ravel");
    let result = reshaped(cx, name, args)?;
    Some(result.map(|view| match base {
        Some(base) if view.konst.is_none() => inherit(&base, view, copies),
        _ => view,
    }))
}

fn reshaped(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "reshape" => function_reshape(cx, args),
        "transpose" | "permute_dims" => function_transpose(cx, args),
        "ravel" => one_array(cx, name, args).and_then(|a| ravel(cx, &a)),
        "squeeze" => squeeze(cx, args),
        "expand_dims" => expand_dims(cx, args),
        "swapaxes" => swapaxes(cx, args),
        "moveaxis" => moveaxis(cx, args),
        "broadcast_to" => broadcast_to(cx, args),
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

/// The number of dimensions.
pub fn ndim_of(array: &Val) -> u8 {
    if let Ty::Array(_, n) = array.ty { n } else { 0 }
}

pub fn dtype(array: &Val) -> DType {
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
    let inst = ir::Inst::Dim {
        array: array.value(),
        axis,
    };
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

/// The elements in another shape.
pub fn reshape_to(cx: &mut FnLower<'_>, array: &Val, shape: Vec<ir::Value>) -> Val {
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
        return squeeze_all(cx, &array);
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

/// `array.squeeze()`: one of several types, as the extents decide.
fn squeeze_all(cx: &mut FnLower<'_>, array: &Val) -> Res {
    let ndim = ndim_of(array);
    if ndim > 3 {
        return Err(cx.unsupported(
            Why::Argument,
            "numpy.squeeze without 'axis': the number of dimensions is not known",
        ));
    }
    let (mut mask, mut count) = (cx.b.i64(0), cx.b.i64(0));
    for axis in 0..ndim {
        let (extent, one) = (dim(cx, array, axis), cx.b.i64(1));
        let is_one = cx.b.scalar(ScalarOp::Eq, &[extent, one]);
        let unit = cx.b.cast(is_one, DType::I64);
        let place = cx.b.i64(i64::from(axis));
        let bit = cx.b.scalar(ScalarOp::Shl, &[unit, place]);
        mask = cx.b.scalar(ScalarOp::Or, &[mask, bit]);
        count = cx.b.scalar(ScalarOp::Add, &[count, unit]);
    }
    squeeze_to(cx, array, mask, count, 0)
}

/// The axes of `mask` removed, whose number `count` is at least `n`.
fn squeeze_to(cx: &mut FnLower<'_>, array: &Val, mask: ir::Value, count: ir::Value, n: u8) -> Res {
    let ty = Ty::Array(dtype(array), ndim_of(array) - n);
    let removed = |cx: &mut FnLower<'_>| match n {
        0 => array.clone(),
        _ => cx.rt(
            Rt::Squeeze,
            vec![Arg::Value(array.value()), Arg::Value(mask)],
            ty.clone(),
        ),
    };
    if n == ndim_of(array) {
        return Ok(removed(cx));
    }
    let here = cx.b.i64(i64::from(n));
    let is_it = cx.b.scalar(ScalarOp::Eq, &[count, here]);
    cx.choose(
        is_it,
        |cx| Ok(removed(cx)),
        |cx| squeeze_to(cx, array, mask, count, n + 1),
    )
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
        .map(|d| {
            if new.contains(&d) {
                ViewDim::NewAxis
            } else {
                ViewDim::Full
            }
        })
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
    let (first, second) = (
        axis_named(cx, "axis1: ", first, ndim)?,
        axis_named(cx, "axis2: ", second, ndim)?,
    );
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
    let (Some(from), Some(to)) = (from.const_ints(), to.const_ints()) else {
        return Err(cx.need_const("axis"));
    };
    if from.len() != to.len() {
        let text = "`source` and `destination` arguments must have the same number of elements";
        return Err(cx.raise(ExceptionKind::ValueError, text));
    }
    let mut moves = Vec::new();
    for (from, to) in from.into_iter().zip(to) {
        let from = axis_named(cx, "source: ", from, ndim)?;
        moves.push((axis_named(cx, "destination: ", to, ndim)?, from));
    }
    moves.sort_unstable();
    let mut perm: Vec<i64> = (0..ndim as i64)
        .filter(|&d| moves.iter().all(|m| m.1 as i64 != d))
        .collect();
    for (to, from) in moves {
        perm.insert((to as usize).min(perm.len()), from as i64);
    }
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
    let whole = cx.rt(Rt::BroadcastTo, vec![Arg::Value(array.value()), Arg::Slots(shape)], ty);
    Ok(whole.with_konst(Konst::ReadOnly))
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
