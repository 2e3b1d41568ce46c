//! Selection, rounding, comparison of whole arrays: the functions that are neither
//! ufuncs nor plain reductions.

use super::create::{as_array, bind};
use super::elementwise::{Build, const_float};
use super::operator::common_dtype;
use super::promote::result_type;
use super::reduce::{axis_in, reduce_as};
use super::ufunc::truth;
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::ops::{BinOp, CmpOp};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{Arg, ReduceOp, Rt, ScalarOp};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "where" => select(cx, args),
        "select" => choose(cx, args),
        "divmod" if args.pos.len() == 2 && args.kw.is_empty() => divmod(cx, &args.pos[0], &args.pos[1]),
        "take_along_axis" => take_along_axis(cx, args),
        "ix_" => open_mesh(cx, args),
        "clip" => clip(cx, args),
        "round" | "around" | "round_" => round(cx, args),
        "isclose" => isclose(cx, args),
        "allclose" => {
            let close = match isclose(cx, args) {
                Ok(close) => close,
                Err(bail) => return Some(Err(bail)),
            };
            all_python(cx, &close)
        }
        "array_equal" => array_equal(cx, args),
        "nonzero" | "flatnonzero" | "argwhere" => nonzero(cx, name, args),
        "take" => take(cx, args),
        "bincount" => bincount(cx, args),
        _ => return None,
    })
}

fn select(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [condition, x, y] = bind(cx, "where", args, ["condition", "x", "y"])?;
    let (condition, x, y) = match (condition, x, y) {
        (Some(c), Some(x), Some(y)) => (cx.operand(&c)?, cx.operand(&x)?, cx.operand(&y)?),
        (Some(c), None, None) => return nonzero(cx, "nonzero", &Args::only(c)),
        _ => return Err(cx.unsupported(Why::Argument, "numpy.where with two arguments")),
    };
    let Some(common) = result_type([&x.ty, &y.ty].into_iter()) else {
        return Err(cx.unsupported(Why::DType, "numpy.where of these dtypes"));
    };
    let flag = condition.ty.dtype().unwrap_or(DType::Bool);
    let build: Build = &|body, args| {
        let flag = truth(body, args[0]);
        body.push(ScalarOp::Select, &[flag, args[1], args[2]], common)
    };
    let all_scalar = [&condition, &x, &y].iter().all(|v| !v.ty.is_array());
    let result = cx.elementwise(&[condition, x, y], &[flag, common, common], build)?;
    if all_scalar {
        // NumPy gives a 0-d array, which prints alike.
        return Ok(super::create::zero_dim(cx, result.value(), common));
    }
    Ok(result)
}

/// `numpy.select`: the choice of the first condition that holds.
fn choose(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [conditions, choices, default] = bind(cx, "select", args, ["condlist", "choicelist", "default"])?;
    let lists = (
        conditions.and_then(|c| c.elements()),
        choices.and_then(|c| c.elements()),
    );
    let (Some(conditions), Some(choices)) = lists else {
        return Err(cx.unsupported(Why::Argument, "numpy.select of lists of unknown length"));
    };
    let default = default.unwrap_or_else(|| cx.int(0));
    let plain = |v: &Val| v.ty.is_scalar() || matches!(v.ty, Ty::Array(_, n) if n > 0);
    let masks = conditions.iter().all(|c| matches!(c.ty, Ty::Array(DType::Bool, 1..)));
    if conditions.len() != choices.len() || !masks || !choices.iter().all(plain) || !plain(&default) {
        return Err(cx.unsupported(Why::Argument, "numpy.select of these lists"));
    }
    let mut all = choices.clone();
    all.push(default.clone());
    let Some(common) = result_type(all.iter().map(|v| &v.ty)) else {
        return Err(cx.unsupported(Why::DType, "numpy.select of these dtypes"));
    };
    let mut operands = conditions;
    let n = operands.len();
    operands.extend(all);
    let mut dtypes = vec![DType::Bool; n];
    dtypes.extend(vec![common; n + 1]);
    cx.elementwise(&operands, &dtypes, &|body, args| {
        let mut value = args[2 * n];
        for k in (0..n).rev() {
            value = body.push(ScalarOp::Select, &[args[k], args[n + k], value], common);
        }
        value
    })
}

/// `numpy.take_along_axis`: positions along one axis, every other axis at its own place.
fn take_along_axis(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, indices, axis] = bind(cx, "take_along_axis", args, ["arr", "indices", "axis"])?;
    let (Some(a), Some(indices)) = (a, indices) else {
        return Err(cx.unsupported(Why::Argument, "numpy.take_along_axis without indices"));
    };
    let axis = match axis {
        Some(axis) => axis.const_int().ok_or_else(|| cx.need_const("axis"))?,
        None => -1,
    };
    let (Ty::Array(dtype, n), Ty::Array(DType::I64 | DType::I32, m)) = (&a.ty, &indices.ty) else {
        return Err(cx.unsupported(Why::Argument, "numpy.take_along_axis of these arguments"));
    };
    let (dtype, n) = (*dtype, *n);
    if n != *m || n == 0 {
        return Err(cx.unsupported(Why::Argument, "numpy.take_along_axis of unlike numbers of dimensions"));
    }
    let axis = axis_in(cx, axis, n)?;
    let indices = cx.astype_if(&indices, DType::I64)?;
    let mut idx = Vec::new();
    for d in 0..n {
        if d == axis {
            idx.push(indices.clone());
            continue;
        }
        let extent = super::shape::dim(cx, &a, d);
        let places = super::triangle::counter(cx, extent);
        let items = (0..n)
            .map(|k| {
                if k == d {
                    lnp_ir::ViewDim::Full
                } else {
                    lnp_ir::ViewDim::NewAxis
                }
            })
            .collect();
        idx.push(super::index::view(cx, &places, items));
    }
    let mut slots = Vec::new();
    for k in 0..idx.len() {
        let dtypes = vec![DType::I64; idx.len()];
        slots.push(cx.elementwise(&idx, &dtypes, &|_, args| args[k])?.value());
    }
    Ok(cx.rt(
        Rt::GatherGet,
        vec![Arg::Value(a.value()), Arg::Slots(slots)],
        Ty::Array(dtype, n),
    ))
}

/// `numpy.ix_`: index arrays along axes of their own.
fn open_mesh(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let n = args.pos.len();
    let mut parts = Vec::new();
    for (k, val) in args.pos.iter().enumerate() {
        let array = as_array(cx, val, None)?;
        let array = match array.ty {
            Ty::Array(DType::Bool, 1) => super::index::nonzero(cx, &array, 0),
            Ty::Array(DType::I64 | DType::I32, 1) => array,
            _ => return Err(cx.unsupported(Why::Argument, "numpy.ix_ of these arguments")),
        };
        let items = (0..n)
            .map(|d| {
                if d == k {
                    lnp_ir::ViewDim::Full
                } else {
                    lnp_ir::ViewDim::NewAxis
                }
            })
            .collect();
        parts.push(super::index::view(cx, &array, items));
    }
    if n == 0 || n > lnp_abi::MAX_NDIM || !args.kw.is_empty() {
        return Err(cx.unsupported(Why::Argument, "numpy.ix_ of these arguments"));
    }
    Ok(Val::tuple(parts))
}

fn clip(cx: &mut FnLower<'_>, args: &Args) -> Res {
    // The bounds go by two names each.
    let mut renamed = args.clone();
    for (key, _) in &mut renamed.kw {
        match key.as_str() {
            "min" => *key = "a_min".to_owned(),
            "max" => *key = "a_max".to_owned(),
            _ => {}
        }
    }
    let [a, low, high, out] = bind(cx, "clip", &renamed, ["a", "a_min", "a_max", "out"])?;
    let (low, high) = (low.filter(|v| !v.is_none()), high.filter(|v| !v.is_none()));
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.clip without an array"));
    };
    let mut operands = vec![cx.operand(&a)?];
    for bound in [&low, &high].into_iter().flatten() {
        operands.push(cx.operand(bound)?);
    }
    let common = common_dtype(cx, &operands)?;
    if matches!(common, DType::C128 | DType::Bool) {
        return Err(cx.unsupported(Why::DType, "numpy.clip of this dtype"));
    }
    let dtypes = vec![common; operands.len()];
    let (has_low, has_high) = (low.is_some(), high.is_some());
    let build: Build = &|body, args| {
        let mut value = args[0];
        if has_low {
            value = body.push(ScalarOp::Max, &[value, args[1]], common);
        }
        if has_high {
            value = body.push(ScalarOp::Min, &[value, args[args.len() - 1]], common);
        }
        value
    };
    match out.filter(|o| !o.is_none()) {
        None => cx.elementwise(&operands, &dtypes, build),
        Some(out) if out.ty.dtype() == Some(common) && out.ty.is_array() => {
            cx.elementwise_into(&out, true, &operands, &dtypes, build)?;
            Ok(out)
        }
        Some(_) => Err(cx.unsupported(Why::Argument, "argument 'out' of numpy.clip")),
    }
}

fn round(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, decimals] = bind(cx, "round", args, ["a", "decimals"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.round without an array"));
    };
    let digits = match decimals {
        None => 0,
        Some(d) => d.const_int().ok_or_else(|| cx.need_const("decimals"))?,
    };
    round_to(cx, &a, digits)
}

/// `numpy.round`: scaled, rounded half to even, scaled back.
pub fn round_to(cx: &mut FnLower<'_>, a: &Val, digits: i64) -> Res {
    let a = cx.operand(a)?;
    let dtype = match a.ty.dtype() {
        Some(dtype @ (DType::F32 | DType::F64)) => dtype,
        Some(dtype @ (DType::I32 | DType::I64)) if digits >= 0 => {
            return cx.elementwise(&[a], &[dtype], &|_, args| args[0]);
        }
        _ => return Err(cx.unsupported(Why::DType, "numpy.round of this dtype")),
    };
    if digits.abs() > 22 {
        return Err(cx.unsupported(Why::Argument, "numpy.round to so many digits"));
    }
    let scale = 10f64.powi(digits.unsigned_abs() as i32);
    cx.elementwise(&[a], &[dtype], &|body, args| {
        if digits == 0 {
            return body.push(ScalarOp::Rint, args, dtype);
        }
        let scale = const_float(body, scale, dtype);
        let (up, down) = if digits > 0 {
            (ScalarOp::Mul, ScalarOp::Div)
        } else {
            (ScalarOp::Div, ScalarOp::Mul)
        };
        let scaled = body.push(up, &[args[0], scale], dtype);
        let rounded = body.push(ScalarOp::Rint, &[scaled], dtype);
        body.push(down, &[rounded, scale], dtype)
    })
}

fn isclose(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, b, rtol, atol, equal_nan] = bind(cx, "isclose", args, ["a", "b", "rtol", "atol", "equal_nan"])?;
    let (Some(a), Some(b)) = (a, b) else {
        return Err(cx.unsupported(Why::Argument, "numpy.isclose of one argument"));
    };
    let equal_nan = super::reduce::flag(cx, &equal_nan, "equal_nan")?;
    let (a, b) = (cx.operand(&a)?, cx.operand(&b)?);
    if [&a, &b].iter().any(|v| v.ty.dtype() == Some(DType::C128)) {
        return Err(cx.unsupported(Why::DType, "numpy.isclose of complex arrays"));
    }
    let tolerance = |cx: &mut FnLower<'_>, val: Option<Val>, default: f64| match val {
        None => Ok(cx.float(default)),
        Some(v) if v.ty.is_scalar() => {
            let value = cx.to_dtype(&v, DType::F64)?;
            Ok(Val::one(Ty::Np(DType::F64), value))
        }
        Some(_) => Err(cx.unsupported(Why::Argument, "an array of tolerances")),
    };
    let rtol = tolerance(cx, rtol, 1e-5)?;
    let atol = tolerance(cx, atol, 1e-8)?;
    // abs(a - b) <= atol + rtol * abs(b), where b is finite; or a == b.
    let d = DType::F64;
    cx.elementwise(&[a, b, rtol, atol], &[d; 4], &|body, args| {
        let difference = body.push(ScalarOp::Sub, &[args[0], args[1]], d);
        let difference = body.push(ScalarOp::Abs, &[difference], d);
        let size = body.push(ScalarOp::Abs, &[args[1]], d);
        let allowed = body.push(ScalarOp::Mul, &[args[2], size], d);
        let allowed = body.push(ScalarOp::Add, &[args[3], allowed], d);
        let near = body.push(ScalarOp::Le, &[difference, allowed], DType::Bool);
        let finite = body.push(ScalarOp::IsFinite, &[args[1]], DType::Bool);
        let near = body.push(ScalarOp::And, &[near, finite], DType::Bool);
        let same = body.push(ScalarOp::Eq, &[args[0], args[1]], DType::Bool);
        let close = body.push(ScalarOp::Or, &[near, same], DType::Bool);
        if !equal_nan {
            return close;
        }
        let a = body.push(ScalarOp::IsNan, &[args[0]], DType::Bool);
        let b = body.push(ScalarOp::IsNan, &[args[1]], DType::Bool);
        let both = body.push(ScalarOp::And, &[a, b], DType::Bool);
        body.push(ScalarOp::Or, &[close, both], DType::Bool)
    })
}

/// `bool(all(val))` as a Python bool.
fn all_python(cx: &mut FnLower<'_>, val: &Val) -> Res {
    match val.ty {
        Ty::Array(_, n) => {
            let all = reduce_as(cx, ReduceOp::All, val, (1 << n) - 1, false, DType::Bool)?;
            Ok(Val::one(Ty::Bool, all.value()))
        }
        _ => Ok(Val::one(Ty::Bool, val.value())),
    }
}

fn array_equal(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, b] = bind(cx, "array_equal", args, ["a1", "a2"])?;
    let (Some(a), Some(b)) = (a, b) else {
        return Err(cx.unsupported(Why::Argument, "numpy.array_equal of one argument"));
    };
    let (a, b) = (as_array(cx, &a, None)?, as_array(cx, &b, None)?);
    let (Ty::Array(_, n), Ty::Array(_, m)) = (&a.ty, &b.ty) else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    if n != m {
        return Ok(cx.bool(false));
    }
    let call = vec![Arg::Value(a.value()), Arg::Value(b.value())];
    let same = cx.b.call_rt(Rt::SameShape, call, lnp_ir::Ty::BOOL);
    cx.choose(
        same,
        |cx| {
            let equal = super::operator::compare(cx, CmpOp::Eq, &a, &b)?;
            all_python(cx, &equal)
        },
        |cx| {
            let no = cx.b.bool(false);
            Ok(Val::one(Ty::Bool, no))
        },
    )
}

fn nonzero(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [a] = bind(cx, name, args, ["a"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let mut array = as_array(cx, &a, None)?;
    let Ty::Array(dtype, mut ndim) = array.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    if ndim == 0 {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} of a scalar")));
    }
    if dtype != DType::Bool {
        array = cx.elementwise(&[array], &[dtype], &|body, args| truth(body, args[0]))?;
    }
    if name == "flatnonzero" {
        array = super::shape::ravel(cx, &array)?;
        ndim = 1;
    }
    let mut parts = Vec::new();
    for axis in 0..ndim {
        parts.push(super::index::nonzero(cx, &array, i64::from(axis)));
    }
    match name {
        "flatnonzero" => Ok(parts.remove(0)),
        "argwhere" => super::join::stack(cx, &parts, 1, DType::I64, "", 0),
        _ => Ok(Val::tuple(parts)),
    }
}

fn take(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a, indices, axis] = bind(cx, "take", args, ["a", "indices", "axis"])?;
    let (Some(a), Some(indices)) = (a, indices) else {
        return Err(cx.unsupported(Why::Argument, "numpy.take without indices"));
    };
    let mut array = as_array(cx, &a, None)?;
    let indices = as_array(cx, &indices, Some(DType::I64))?;
    // NumPy lets the axes 0 and -1 pass for 0-d arrays.
    let is_0d = matches!(array.ty, Ty::Array(_, 0));
    let axis = axis.filter(|v| !v.is_none() && !(is_0d && matches!(v.const_int(), Some(0 | -1))));
    let axis = match axis {
        None => {
            array = super::shape::ravel(cx, &array)?;
            0
        }
        Some(axis) => {
            let axis = axis.const_int().ok_or_else(|| cx.need_const("axis"))?;
            let n = if let Ty::Array(_, n) = array.ty { n } else { 0 };
            axis_in(cx, axis, n)?
        }
    };
    let (Ty::Array(dtype, n), Ty::Array(_, m)) = (&array.ty, &indices.ty) else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let ty = Ty::Array(*dtype, n - 1 + m);
    if *m == 0 {
        return Err(cx.typed_fallback(
            if *n == 1 { Ty::Np(*dtype) } else { ty },
            Why::Argument,
            "numpy.take of one index",
        ));
    }
    let call = vec![
        Arg::Value(array.value()),
        Arg::Imm(i64::from(axis)),
        Arg::Value(indices.value()),
        Arg::Imm(0),
    ];
    Ok(cx.rt(Rt::Take, call, ty))
}

fn bincount(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [x, weights, minlength] = bind(cx, "bincount", args, ["x", "weights", "minlength"])?;
    let Some(x) = x else {
        return Err(cx.unsupported(Why::Argument, "numpy.bincount without an array"));
    };
    if weights.is_some_and(|w| !w.is_none()) {
        return Err(cx.typed_fallback(
            Ty::Array(DType::F64, 1),
            Why::Argument,
            "argument 'weights' of numpy.bincount",
        ));
    }
    let array = as_array(cx, &x, None)?;
    if !matches!(array.ty, Ty::Array(DType::I32 | DType::I64, 1)) {
        return Err(cx.unsupported(Why::DType, "numpy.bincount of this array"));
    }
    let array = cx.astype_if(&array, DType::I64)?;
    let minlength = match minlength {
        Some(n) => cx.to_index(&n)?,
        None => cx.b.i64(0),
    };
    let call = vec![Arg::Value(array.value()), Arg::Value(minlength)];
    Ok(cx.rt(Rt::Bincount, call, Ty::Array(DType::I64, 1)))
}

/// `divmod(a, b)` of NumPy operands.
pub fn divmod(cx: &mut FnLower<'_>, a: &Val, b: &Val) -> Res {
    let quotient = super::operator::binary(cx, BinOp::FloorDiv, a, b)?;
    let remainder = super::operator::binary(cx, BinOp::Mod, a, b)?;
    Ok(Val::tuple(vec![quotient, remainder]))
}
