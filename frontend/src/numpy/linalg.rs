//! Products of arrays: `@`, dot, outer, inner, norm.

use super::create::{as_array, bind};
use super::index::view;
use super::operator::common_dtype;
use super::promote::float_of;
use super::reduce::{axes_arg, reduce_as};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::ExceptionKind;
use lnp_ir::{Arg, ReduceOp, Rt, ScalarOp, ViewDim};

/// Calls a function of `numpy` or `numpy.linalg`; `None` when it is none of these.
pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Option<Res> {
    Some(match path {
        "dot" => two(cx, "dot", args).and_then(|(a, b)| dot(cx, &a, &b)),
        "matmul" => two(cx, "matmul", args).and_then(|(a, b)| matmul(cx, &a, &b)),
        "vdot" | "inner" => two(cx, path, args).and_then(|(a, b)| inner(cx, path, &a, &b)),
        "outer" => two(cx, "outer", args).and_then(|(a, b)| outer(cx, &a, &b)),
        "linalg.norm" => norm(cx, args),
        _ => return None,
    })
}

fn two(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res<(Val, Val)> {
    let [a, b] = bind(cx, name, args, ["a", "b"])?;
    match (a, b) {
        (Some(a), Some(b)) => Ok((as_array(cx, &a, None)?, as_array(cx, &b, None)?)),
        _ => Err(cx.unsupported(Why::Argument, format!("numpy.{name} of one argument"))),
    }
}

fn ndim_of(val: &Val) -> u8 {
    if let Ty::Array(_, n) = val.ty { n } else { 0 }
}

/// `a @ b`.
pub fn matmul(cx: &mut FnLower<'_>, a: &Val, b: &Val) -> Res {
    let (a, b) = (as_array(cx, a, None)?, as_array(cx, b, None)?);
    let (n, m) = (ndim_of(&a), ndim_of(&b));
    if n == 0 || m == 0 {
        let operand = u8::from(n != 0);
        let text = format!(
            "matmul: Input operand {operand} does not have enough dimensions (has 0, gufunc core with signature \
             (n?,k),(k,m?)->(n?,m?) requires 1)"
        );
        return Err(cx.raise(ExceptionKind::ValueError, &text));
    }
    let ndim = match (n, m) {
        (1, 1) => 0,
        (1, m) => m - 1,
        (n, 1) => n - 1,
        (n, m) => n.max(m),
    };
    product(cx, Rt::Matmul, &a, &b, ndim)
}

/// `numpy.dot(a, b)`.
pub fn dot(cx: &mut FnLower<'_>, a: &Val, b: &Val) -> Res {
    let (a, b) = (as_array(cx, a, None)?, as_array(cx, b, None)?);
    let ndim = match (ndim_of(&a), ndim_of(&b)) {
        (0, _) | (_, 0) => return super::operator::binary(cx, BinOp::Mul, &a, &b),
        (n, 1) => n - 1,
        (n, m) => n + m - 2,
    };
    if ndim as usize > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    product(cx, Rt::Dot, &a, &b, ndim)
}

fn product(cx: &mut FnLower<'_>, rt: Rt, a: &Val, b: &Val, ndim: u8) -> Res {
    let common = common_dtype(cx, &[a.clone(), b.clone()])?;
    let (a, b) = (cx.astype_if(a, common)?, cx.astype_if(b, common)?);
    let result = cx.rt(
        rt,
        vec![Arg::Value(a.value()), Arg::Value(b.value())],
        Ty::Array(common, ndim),
    );
    if ndim == 0 {
        return Ok(cx.item(&result, common));
    }
    Ok(result)
}

fn inner(cx: &mut FnLower<'_>, name: &str, a: &Val, b: &Val) -> Res {
    if ndim_of(a) != 1 || ndim_of(b) != 1 {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of arrays that are not 1-D")));
    }
    if name == "vdot" && (a.ty.dtype() == Some(DType::C128) || b.ty.dtype() == Some(DType::C128)) {
        return Err(cx.unsupported(Why::DType, "numpy.vdot of complex arrays"));
    }
    dot(cx, a, b)
}

fn outer(cx: &mut FnLower<'_>, a: &Val, b: &Val) -> Res {
    let (a, b) = (super::shape::ravel(cx, a)?, super::shape::ravel(cx, b)?);
    let column = view(cx, &a, vec![ViewDim::Full, ViewDim::NewAxis]);
    super::operator::binary(cx, BinOp::Mul, &column, &b)
}

/// `numpy.linalg.norm` of vectors and the Frobenius norm of matrices.
fn norm(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [x, ord, axis, keepdims] = bind(cx, "linalg.norm", args, ["x", "ord", "axis", "keepdims"])?;
    let Some(x) = x else {
        return Err(cx.unsupported(Why::Argument, "numpy.linalg.norm without an array"));
    };
    let array = as_array(cx, &x, None)?;
    let Ty::Array(from, ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let dtype = match float_of(from) {
        Some(dtype) if dtype != DType::C128 && ndim > 0 => dtype,
        _ => return Err(cx.unsupported(Why::DType, "numpy.linalg.norm of this dtype")),
    };
    let array = cx.astype_if(&array, dtype)?;
    let keepdims = match &keepdims {
        None => false,
        Some(k) => k.const_bool().ok_or_else(|| cx.need_const("keepdims"))?,
    };
    let no_axis = axis.as_ref().is_none_or(Val::is_none);
    let no_ord = ord.as_ref().is_none_or(Val::is_none);
    let mask = axes_arg(cx, &axis, ndim)?;
    if no_axis && no_ord {
        // The sum of squares is a dot product of the raveled array.
        let flat = super::shape::ravel(cx, &array)?;
        let squares = dot(cx, &flat, &flat)?;
        let root = cx.elementwise(&[squares], &[dtype], &|body, args| {
            body.push(ScalarOp::Sqrt, args, dtype)
        })?;
        if keepdims {
            return Err(cx.unsupported(Why::Argument, "argument 'keepdims' of numpy.linalg.norm without 'axis'"));
        }
        return Ok(root);
    }
    let vector = mask.count_ones() == 1;
    match ord.as_ref().filter(|o| !o.is_none()).map(Val::const_float) {
        None if vector || mask.count_ones() == 2 => root_of_squares(cx, &array, mask, keepdims, dtype),
        Some(Some(2.0)) if vector => root_of_squares(cx, &array, mask, keepdims, dtype),
        Some(Some(1.0)) if vector => {
            let sizes = cx.elementwise(&[array], &[dtype], &|body, args| body.push(ScalarOp::Abs, args, dtype))?;
            reduce_as(cx, ReduceOp::Sum, &sizes, mask, keepdims, dtype)
        }
        Some(Some(f64::INFINITY)) if vector => {
            let sizes = cx.elementwise(&[array], &[dtype], &|body, args| body.push(ScalarOp::Abs, args, dtype))?;
            reduce_as(cx, ReduceOp::Max, &sizes, mask, keepdims, dtype)
        }
        _ => Err(cx.typed_fallback(
            match (ndim - mask.count_ones() as u8, keepdims) {
                (_, true) => Ty::Array(dtype, ndim),
                (0, _) => Ty::Np(dtype),
                (left, _) => Ty::Array(dtype, left),
            },
            Why::Argument,
            "this order of numpy.linalg.norm",
        )),
    }
}

fn root_of_squares(cx: &mut FnLower<'_>, array: &Val, mask: u32, keepdims: bool, dtype: DType) -> Res {
    let squares = cx.elementwise(std::slice::from_ref(array), &[dtype], &|body, args| {
        body.push(ScalarOp::Mul, &[args[0], args[0]], dtype)
    })?;
    let total = reduce_as(cx, ReduceOp::Sum, &squares, mask, keepdims, dtype)?;
    cx.elementwise(&[total], &[dtype], &|body, args| body.push(ScalarOp::Sqrt, args, dtype))
}
