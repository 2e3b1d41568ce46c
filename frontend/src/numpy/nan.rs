//! Reductions that leave NaNs out: each is the plain one over elements with the NaNs replaced,
//! as NumPy computes them.

use super::create::{as_array, bind};
use super::elementwise::{cast, const_float};
use super::reduce::{axes_arg, flag, reduce_as};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{ReduceOp, ScalarOp};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "nansum" | "nanprod" | "nanmin" | "nanmax" | "nanmean" | "nanvar" | "nanstd" => reduce(cx, name, args),
        "nan_to_num" => nan_to_num(cx, args),
        _ => return None,
    })
}

fn reduce(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a, axis, ddof, keepdims] = match name {
        "nanvar" | "nanstd" => {
            let [a, axis, dtype, out, ddof, keepdims] =
                bind(cx, name, args, ["a", "axis", "dtype", "out", "ddof", "keepdims"])?;
            if [&dtype, &out]
                .into_iter()
                .any(|v| v.as_ref().is_some_and(|v| !v.is_none()))
            {
                return Err(cx.unsupported(Why::Argument, format!("argument 'dtype' or 'out' of numpy.{name}")));
            }
            [a, axis, ddof, keepdims]
        }
        _ => {
            let [a, axis, keepdims] = bind(cx, name, args, ["a", "axis", "keepdims"])?;
            [a, axis, None, keepdims]
        }
    };
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let array = as_array(cx, &a, None)?;
    let Ty::Array(dtype, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let plain = name.trim_start_matches("nan");
    if !matches!(dtype, DType::F32 | DType::F64) {
        if dtype == DType::C128 {
            return Err(cx.unsupported(Why::DType, format!("numpy.{name} of complex numbers")));
        }
        let mut args = args.clone();
        args.pos[0] = array;
        return match super::reduce::call(cx, plain, &args) {
            Some(result) => result,
            None => Err(cx.unsupported(Why::Function, format!("numpy.{name}"))),
        };
    }
    if ndim == 0 {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of a scalar")));
    }
    let mask = axes_arg(cx, &axis, ndim)?;
    let keepdims = flag(cx, &keepdims, "keepdims")?;
    let without = |cx: &mut FnLower<'_>, array: &Val, instead: f64| {
        cx.elementwise(std::slice::from_ref(array), &[dtype], &|body, args| {
            let nan = body.push(ScalarOp::IsNan, args, DType::Bool);
            let instead = const_float(body, instead, dtype);
            body.push(ScalarOp::Select, &[nan, instead, args[0]], dtype)
        })
    };
    let count = |cx: &mut FnLower<'_>, keepdims: bool| {
        let present = cx.elementwise(std::slice::from_ref(&array), &[dtype], &|body, args| {
            let nan = body.push(ScalarOp::IsNan, args, DType::Bool);
            body.push(ScalarOp::Not, &[nan], DType::Bool)
        })?;
        reduce_as(cx, ReduceOp::Sum, &present, mask, keepdims, DType::I64)
    };
    match plain {
        "sum" | "prod" => {
            let (op, instead) = if plain == "sum" {
                (ReduceOp::Sum, 0.0)
            } else {
                (ReduceOp::Prod, 1.0)
            };
            let filled = without(cx, &array, instead)?;
            reduce_as(cx, op, &filled, mask, keepdims, dtype)
        }
        "min" | "max" => {
            let (op, instead) = match plain {
                "min" => (ReduceOp::Min, f64::INFINITY),
                _ => (ReduceOp::Max, f64::NEG_INFINITY),
            };
            let filled = without(cx, &array, instead)?;
            let found = reduce_as(cx, op, &filled, mask, keepdims, dtype)?;
            let n = count(cx, keepdims)?;
            // Nothing but NaNs stays NaN.
            cx.elementwise(&[found, n], &[dtype, DType::I64], &|body, args| {
                let some = cast(body, args[1], DType::Bool);
                let nan = const_float(body, f64::NAN, dtype);
                body.push(ScalarOp::Select, &[some, args[0], nan], dtype)
            })
        }
        "mean" => {
            let filled = without(cx, &array, 0.0)?;
            let total = reduce_as(cx, ReduceOp::Sum, &filled, mask, keepdims, dtype)?;
            let n = count(cx, keepdims)?;
            divide(cx, &total, &n, dtype)
        }
        _ => {
            let filled = without(cx, &array, 0.0)?;
            let total = reduce_as(cx, ReduceOp::Sum, &filled, mask, true, dtype)?;
            let n = count(cx, true)?;
            let centre = divide(cx, &total, &n, dtype)?;
            let squares = cx.elementwise(&[array.clone(), centre], &[dtype; 2], &|body, args| {
                let nan = body.push(ScalarOp::IsNan, &[args[0]], DType::Bool);
                let d = body.push(ScalarOp::Sub, args, dtype);
                let square = body.push(ScalarOp::Mul, &[d, d], dtype);
                let zero = const_float(body, 0.0, dtype);
                body.push(ScalarOp::Select, &[nan, zero, square], dtype)
            })?;
            let total = reduce_as(cx, ReduceOp::Sum, &squares, mask, keepdims, dtype)?;
            let n = count(cx, keepdims)?;
            let n = match ddof {
                None => n,
                Some(ddof) => super::operator::binary(cx, BinOp::Sub, &n, &ddof)?,
            };
            let from = n.ty.dtype().unwrap_or(DType::I64);
            cx.elementwise(&[total, n], &[dtype, from], &|body, args| {
                let n = cast(body, args[1], dtype);
                let zero = const_float(body, 0.0, dtype);
                let good = body.push(ScalarOp::Gt, &[n, zero], DType::Bool);
                let quotient = body.push(ScalarOp::Div, &[args[0], n], dtype);
                let nan = const_float(body, f64::NAN, dtype);
                let variance = body.push(ScalarOp::Select, &[good, quotient, nan], dtype);
                match plain {
                    "std" => body.push(ScalarOp::Sqrt, &[variance], dtype),
                    _ => variance,
                }
            })
        }
    }
}

/// A total over a count, in the total's dtype.
fn divide(cx: &mut FnLower<'_>, total: &Val, count: &Val, dtype: DType) -> Res {
    cx.elementwise(&[total.clone(), count.clone()], &[dtype, DType::I64], &|body, args| {
        let n = cast(body, args[1], dtype);
        body.push(ScalarOp::Div, &[args[0], n], dtype)
    })
}

fn nan_to_num(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [x, copy, nan, posinf, neginf] = bind(cx, "nan_to_num", args, ["x", "copy", "nan", "posinf", "neginf"])?;
    let Some(x) = x else {
        return Err(cx.unsupported(Why::Argument, "numpy.nan_to_num without an array"));
    };
    let number = |val: &Option<Val>, default: f64| match val {
        None => Some(default),
        Some(v) if v.is_none() => Some(default),
        Some(v) => v.const_float(),
    };
    let x = cx.operand(&x)?;
    let (Some(dtype @ (DType::F32 | DType::F64)), None, true) = (x.ty.dtype(), copy, x.ty.is_array()) else {
        return Err(cx.unsupported(Why::Argument, "numpy.nan_to_num of this value"));
    };
    let limit = if dtype == DType::F32 {
        f64::from(f32::MAX)
    } else {
        f64::MAX
    };
    let (Some(nan), Some(high), Some(low)) = (number(&nan, 0.0), number(&posinf, limit), number(&neginf, -limit))
    else {
        return Err(cx.need_const("nan"));
    };
    cx.elementwise(&[x], &[dtype], &|body, args| {
        let zero = const_float(body, 0.0, dtype);
        let (nan, high, low) = (
            const_float(body, nan, dtype),
            const_float(body, high, dtype),
            const_float(body, low, dtype),
        );
        let is_nan = body.push(ScalarOp::IsNan, args, DType::Bool);
        let is_inf = body.push(ScalarOp::IsInf, args, DType::Bool);
        let above = body.push(ScalarOp::Gt, &[args[0], zero], DType::Bool);
        let inf = body.push(ScalarOp::Select, &[above, high, low], dtype);
        let finite = body.push(ScalarOp::Select, &[is_inf, inf, args[0]], dtype);
        body.push(ScalarOp::Select, &[is_nan, nan, finite], dtype)
    })
}
