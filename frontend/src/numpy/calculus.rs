//! Differences and integrals over samples.

use super::create::{as_array, bind};
use super::index::{assign, view};
use super::operator::binary;
use super::promote::float_of;
use super::reduce::{axes_arg, axis_in, reduce_as};
use super::shape::dim;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{ReduceOp, Rt, ScalarOp, ViewDim};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "diff" => diff(cx, args),
        "gradient" => gradient(cx, args),
        "trapezoid" => trapezoid(cx, args),
        _ => return None,
    })
}

/// `array[:, …, start:stop, …, :]` along one axis.
fn along(cx: &mut FnLower<'_>, array: &Val, axis: u8, start: Option<i64>, stop: Option<i64>) -> Val {
    let ndim = if let Ty::Array(_, n) = array.ty { n } else { 0 };
    let (start, stop) = (start.map(|v| cx.b.i64(v)), stop.map(|v| cx.b.i64(v)));
    let dims = (0..ndim)
        .map(|d| match d == axis {
            true => ViewDim::Slice {
                start,
                stop,
                step: None,
            },
            false => ViewDim::Full,
        })
        .collect();
    view(cx, array, dims)
}

/// `numpy.diff`: neighbours subtracted, `n` times; booleans compared.
fn diff(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, n, axis] = bind(cx, "diff", args, ["a", "n", "axis"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.diff without an array"));
    };
    let mut array = as_array(cx, &a, None)?;
    let Ty::Array(dtype, ndim @ 1..) = array.ty else {
        return Err(cx.raise(
            ExceptionKind::ValueError,
            "diff requires input that is at least one dimensional",
        ));
    };
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
        let upper = along(cx, &array, axis, Some(1), None);
        let lower = along(cx, &array, axis, None, Some(-1));
        array = match dtype {
            DType::Bool => super::operator::compare(cx, crate::ops::CmpOp::Ne, &upper, &lower)?,
            _ => binary(cx, BinOp::Sub, &upper, &lower)?,
        };
    }
    Ok(array)
}

/// `numpy.gradient` with even spacing: central differences inside, one-sided at the ends.
fn gradient(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let mut axis = None;
    for (key, val) in &args.kw {
        match (key.as_str(), val.const_int()) {
            ("axis", _) => axis = Some(val.clone()),
            ("edge_order", Some(1)) => {}
            _ => return Err(cx.unsupported(Why::Argument, format!("argument '{key}' of numpy.gradient"))),
        }
    }
    let Some((f, spacings)) = args.pos.split_first() else {
        return Err(cx.unsupported(Why::Argument, "numpy.gradient without an array"));
    };
    let f = as_array(cx, f, None)?;
    let Ty::Array(from, ndim @ 1..) = f.ty else {
        return Err(cx.unsupported(Why::Argument, "numpy.gradient of a scalar"));
    };
    let Some(dtype @ (DType::F64 | DType::F32)) = float_of(from) else {
        return Err(cx.unsupported(Why::DType, "numpy.gradient of this dtype"));
    };
    let is_one = axis.as_ref().is_some_and(|a| a.const_int().is_some());
    let mask = axes_arg(cx, &axis, ndim)?;
    let axes: Vec<u8> = (0..ndim).filter(|d| mask & (1 << d) != 0).collect();
    let in_order = axis
        .as_ref()
        .is_none_or(|a| a.const_ints().is_none_or(|list| list.len() == 1 || list.is_sorted()));
    if !in_order || !(spacings.len() <= 1 || spacings.len() == axes.len()) {
        return Err(cx.unsupported(Why::Argument, "numpy.gradient with these spacings"));
    }
    if spacings
        .iter()
        .any(|s| !s.ty.is_scalar() || s.ty.dtype() == Some(DType::C128))
    {
        return Err(cx.unsupported(Why::Argument, "numpy.gradient with uneven spacings"));
    }
    let f = cx.astype_if(&f, dtype)?;
    let mut parts = Vec::new();
    for (k, &axis) in axes.iter().enumerate() {
        let h = match spacings.get(k).or(spacings.first()) {
            Some(h) => h.clone(),
            None => cx.float(1.0),
        };
        parts.push(gradient_along(cx, &f, axis, &h, dtype)?);
    }
    if is_one || ndim == 1 {
        return Ok(parts.remove(0));
    }
    Ok(Val::tuple(parts))
}

fn gradient_along(cx: &mut FnLower<'_>, f: &Val, axis: u8, h: &Val, dtype: DType) -> Res {
    let Ty::Array(_, ndim) = f.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let (n, two) = (dim(cx, f, axis), cx.b.i64(2));
    let few = cx.b.scalar(ScalarOp::Lt, &[n, two]);
    cx.raise_if(
        few,
        ExceptionKind::ValueError,
        "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.",
    );
    let out = super::create::alloc_like(cx, Rt::ArrayEmptyLike, dtype, f, ndim);
    let two = cx.float(2.0);
    let twice = match h.ty.is_numpy() {
        true => binary(cx, BinOp::Mul, &two, h)?,
        false => {
            let h = cx.to_dtype(h, DType::F64)?;
            let doubled = cx.b.scalar(ScalarOp::Mul, &[two.value(), h]);
            Val::one(Ty::Float, doubled)
        }
    };
    // Of each part: where it goes, the two samples, the distance.
    let parts = [
        ((Some(1), Some(-1)), (Some(2), None), (None, Some(-2)), &twice),
        ((None, Some(1)), (Some(1), Some(2)), (None, Some(1)), h),
        ((Some(-1), None), (Some(-1), None), (Some(-2), Some(-1)), h),
    ];
    for (to, upper, lower, distance) in parts {
        let dst = along(cx, &out, axis, to.0, to.1);
        let upper = along(cx, f, axis, upper.0, upper.1);
        let lower = along(cx, f, axis, lower.0, lower.1);
        let change = binary(cx, BinOp::Sub, &upper, &lower)?;
        let slope = binary(cx, BinOp::Div, &change, distance)?;
        assign(cx, &dst, &slope)?;
    }
    Ok(out)
}

fn trapezoid(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [y, x, dx, axis] = bind(cx, "trapezoid", args, ["y", "x", "dx", "axis"])?;
    let Some(y) = y else {
        return Err(cx.unsupported(Why::Argument, "numpy.trapezoid without samples"));
    };
    let y = as_array(cx, &y, None)?;
    let Ty::Array(_, ndim @ 1..) = y.ty else {
        return Err(cx.unsupported(Why::Argument, "numpy.trapezoid of a scalar"));
    };
    let axis = match axis {
        Some(axis) => axis.const_int().ok_or_else(|| cx.need_const("axis"))?,
        None => -1,
    };
    let axis = axis_in(cx, axis, ndim)?;
    let step = match (x.filter(|x| !x.is_none()), dx) {
        (Some(x), _) => {
            let x = as_array(cx, &x, None)?;
            let (Ty::Array(d, 1), true) = (&x.ty, axis + 1 == ndim) else {
                return Err(cx.unsupported(Why::Argument, "numpy.trapezoid over these positions"));
            };
            if *d == DType::Bool {
                return Err(cx.unsupported(Why::DType, "numpy.trapezoid over booleans"));
            }
            diff(cx, &Args::only(x))?
        }
        (None, Some(dx)) if dx.ty.is_scalar() => dx,
        (None, None) => cx.float(1.0),
        _ => return Err(cx.unsupported(Why::Argument, "numpy.trapezoid with these distances")),
    };
    let upper = along(cx, &y, axis, Some(1), None);
    let lower = along(cx, &y, axis, None, Some(-1));
    let pair = binary(cx, BinOp::Add, &upper, &lower)?;
    let area = binary(cx, BinOp::Mul, &step, &pair)?;
    let two = cx.float(2.0);
    let half = binary(cx, BinOp::Div, &area, &two)?;
    let dtype = half.ty.dtype().unwrap_or(DType::F64);
    reduce_as(cx, ReduceOp::Sum, &half, 1 << axis, false, dtype)
}
