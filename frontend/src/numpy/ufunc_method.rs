//! Methods of ufuncs: `np.add.reduce`, `np.maximum.accumulate`, `np.multiply.outer`.

use super::create::{as_array, bind};
use super::index::view;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::Args;
use lnp_ir::ViewDim;

/// Calls `ufunc.method`; `None` when there is no such method here.
pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Option<Res> {
    let (ufunc, method) = path.split_once('.')?;
    if !super::ufunc::has(ufunc) {
        return None;
    }
    Some(match method {
        "reduce" => reduce(cx, ufunc, args)?,
        "accumulate" => accumulate(cx, ufunc, args)?,
        "outer" => outer(cx, ufunc, args),
        _ => return None,
    })
}

fn reduce(cx: &mut FnLower<'_>, ufunc: &str, args: &Args) -> Option<Res> {
    let function = match ufunc {
        "add" => "sum",
        "multiply" => "prod",
        "maximum" => "max",
        "minimum" => "min",
        "logical_and" => "all",
        "logical_or" => "any",
        _ => return None,
    };
    let [array, axis, dtype, out, keepdims] = match bind(
        cx,
        &format!("{ufunc}.reduce"),
        args,
        ["array", "axis", "dtype", "out", "keepdims"],
    ) {
        Ok(bound) => bound,
        Err(bail) => return Some(Err(bail)),
    };
    let axis = axis.unwrap_or_else(|| cx.int(0));
    let mut kw = vec![("axis".to_owned(), axis)];
    for (name, val) in [("dtype", dtype), ("out", out), ("keepdims", keepdims)] {
        if let Some(val) = val.filter(|v| !v.is_none()) {
            kw.push((name.to_owned(), val));
        }
    }
    let args = Args {
        pos: array.into_iter().collect(),
        kw,
    };
    super::reduce::call(cx, function, &args)
}

fn accumulate(cx: &mut FnLower<'_>, ufunc: &str, args: &Args) -> Option<Res> {
    let [array, axis, dtype] = match bind(cx, &format!("{ufunc}.accumulate"), args, ["array", "axis", "dtype"]) {
        Ok(bound) => bound,
        Err(bail) => return Some(Err(bail)),
    };
    let axis = axis.unwrap_or_else(|| cx.int(0));
    match ufunc {
        "add" | "multiply" => {
            let mut kw = vec![("axis".to_owned(), axis)];
            kw.extend(dtype.filter(|v| !v.is_none()).map(|v| ("dtype".to_owned(), v)));
            let args = Args {
                pos: array.into_iter().collect(),
                kw,
            };
            super::reduce::call(cx, if ufunc == "add" { "cumsum" } else { "cumprod" }, &args)
        }
        "maximum" | "minimum" if dtype.is_none() => {
            let array = match as_array(cx, array.as_ref()?, None) {
                Ok(array) => array,
                Err(bail) => return Some(Err(bail)),
            };
            let reason = format!("numpy.{ufunc}.accumulate runs in CPython");
            Some(Err(cx.typed_fallback(array.ty, Why::Function, reason)))
        }
        _ => None,
    }
}

fn outer(cx: &mut FnLower<'_>, ufunc: &str, args: &Args) -> Res {
    let [a, b] = bind(cx, &format!("{ufunc}.outer"), args, ["A", "B"])?;
    let (Some(a), Some(b)) = (a, b) else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{ufunc}.outer of one argument")));
    };
    let (a, b) = (as_array(cx, &a, None)?, as_array(cx, &b, None)?);
    let (Ty::Array(_, n), Ty::Array(_, m)) = (&a.ty, &b.ty) else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    if (n + m) as usize > lnp_abi::MAX_NDIM || ufunc == "matmul" {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    let mut items = vec![ViewDim::Full; *n as usize];
    items.extend((0..*m).map(|_| ViewDim::NewAxis));
    let spread = match (n, m) {
        (0, _) | (_, 0) => a.clone(),
        _ => view(cx, &a, items),
    };
    let args = Args {
        pos: vec![spread, b],
        kw: Vec::new(),
    };
    match super::ufunc::call(cx, ufunc, &args) {
        Some(result) => result,
        None => Err(cx.unsupported(Why::Function, format!("numpy.{ufunc}.outer"))),
    }
}
