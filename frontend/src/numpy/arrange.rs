//! The same elements in other places: roll, repeat, tile, flip.

use super::create::{as_array, bind, copy_of, dims, shape_arg};
use super::index::view;
use super::reduce::axis_in;
use super::shape::{dtype, ndim_of, reshape_to, size};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{Arg, Rt, ScalarOp, ViewDim};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "roll" => roll(cx, args),
        "repeat" => repeat(cx, args),
        "tile" => tile(cx, args),
        "flip" | "flipud" | "fliplr" => flip(cx, name, args),
        _ => return None,
    })
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
        Ty::List(_) if shift.is_list_lit() => shift.elements().unwrap_or_default(),
        Ty::Array(DType::I32 | DType::I64, 1) if axes.len() > 1 => parts(cx, &shift, axes.len()),
        Ty::Array(dtype @ (DType::I32 | DType::I64), 0) => vec![cx.item(&shift, *dtype); axes.len()],
        _ => vec![shift.clone(); axes.len()],
    };
    let is_integer = |val: &Val| match &val.ty {
        Ty::Union(members) => members.iter().all(crate::lower::is_integer),
        other => crate::lower::is_integer(other),
    };
    if shifts.len() != axes.len() || !shifts.iter().all(is_integer) {
        return Err(cx.typed_fallback(array.ty, Why::Argument, "numpy.roll by these shifts"));
    }
    for (shift, axis) in shifts.iter().zip(axes) {
        let shift = cx.to_index(shift)?;
        let call = vec![Arg::Value(array.value()), Arg::Value(shift), Arg::Imm(axis)];
        array = cx.rt(Rt::Roll, call, array.ty.clone());
    }
    Ok(array)
}

/// The elements of an array of as many; what else broadcasting allows is CPython's.
fn parts(cx: &mut FnLower<'_>, array: &Val, n: usize) -> Vec<Val> {
    let len = size(cx, array);
    let wanted = cx.b.i64(n as i64);
    let others = cx.b.scalar(ScalarOp::Ne, &[len.value(), wanted]);
    cx.raise_if(
        others,
        ExceptionKind::NotCompiled,
        "numpy.roll by unlike numbers of shifts and axes",
    );
    let dtype = dtype(array);
    (0..n as i64)
        .map(|k| {
            let at = cx.b.i64(k);
            super::index::element(cx, array, dtype, vec![at])
        })
        .collect()
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
    for &rep in &reps {
        let zero = cx.b.i64(0);
        let negative = cx.b.scalar(ScalarOp::Lt, &[rep, zero]);
        cx.raise_if(
            negative,
            lnp_abi::ExceptionKind::ValueError,
            "negative dimensions are not allowed",
        );
    }
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
