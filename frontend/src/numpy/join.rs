//! Joining arrays: concatenate, stack and their relatives.

use super::create::{as_array, bind, copy_of};
use super::index::view;
use super::operator::common_dtype;
use super::reduce::axis_in;
use super::shape::{ndim_of, permute, ravel};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp, ViewDim};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "concatenate" | "concat" => join(cx, name, args, None),
        "stack" => join_stack(cx, args),
        "vstack" | "row_stack" | "hstack" | "dstack" | "column_stack" => named_stack(cx, name, args),
        "append" => append(cx, args),
        _ => return None,
    })
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
    join_in_order(cx, parts, axis, 1)
}

/// Joins arrays; the result is in C order (0) or keeps their order (1).
fn join_in_order(cx: &mut FnLower<'_>, parts: &[Val], axis: i64, order: i64) -> Res {
    if parts.is_empty() {
        return Err(cx.raise(ExceptionKind::ValueError, "need at least one array to concatenate"));
    }
    let ndim = ndim_of(&parts[0]);
    if ndim == 0 {
        return Err(cx.raise(
            ExceptionKind::ValueError,
            "zero-dimensional arrays cannot be concatenated",
        ));
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
    let call = vec![
        Arg::Imm(common as i64),
        Arg::Slots(values),
        Arg::Imm(axis as i64),
        Arg::Imm(order),
    ];
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
    stack(cx, &parts, axis, common, "all input arrays must have the same shape", 1)
}

/// Joins arrays along a new axis; `mismatch` is the error where their shapes differ.
pub fn stack(cx: &mut FnLower<'_>, parts: &[Val], axis: i64, common: DType, mismatch: &str, order: i64) -> Res {
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
    join_in_order(cx, &expanded, axis as i64, order)
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
