//! The module `math`.

use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::{MathFn, MathInt};
use lnp_ir::{Arg, Rt};

pub const NAMES: &str = "acos acosh asin asinh atan atan2 atanh cbrt ceil comb copysign cos cosh degrees dist e erf \
erfc exp exp2 expm1 fabs factorial floor fma fmod frexp fsum gamma gcd hypot inf isclose isfinite isinf isnan isqrt \
lcm ldexp lgamma log log10 log1p log2 modf nan nextafter perm pi pow prod radians remainder sin sinh sqrt sumprod \
tan tanh tau trunc ulp";

pub fn attribute(cx: &mut FnLower<'_>, name: &str) -> Option<Res> {
    let value = match name {
        "pi" => std::f64::consts::PI,
        "e" => std::f64::consts::E,
        "tau" => std::f64::consts::TAU,
        "inf" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => {
            let known = NAMES.split_whitespace().any(|n| n == name);
            return known.then(|| Ok(Val::builtin(&format!("math.{name}"))));
        }
    };
    Some(Ok(cx.float(value)))
}

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    if !args.kw.is_empty() || args.pos.iter().any(|a| a.has_obj()) {
        return Err(cx.unsupported(Why::Argument, format!("this call of math.{name}")));
    }
    let n_args = args.pos.len();
    match (name, n_args) {
        ("floor" | "ceil" | "trunc", 1) => rounded(cx, name, &args.pos[0]),
        ("log", 2) => float_call(cx, MathFn::LogBase, args),
        ("modf", 1) => pair(cx, args, MathFn::ModfFraction, MathFn::ModfWhole, false),
        ("frexp", 1) => pair(cx, args, MathFn::FrexpMantissa, MathFn::FrexpExponent, true),
        ("isnan" | "isinf" | "isfinite", 1) => {
            use lnp_ir::ScalarOp;
            let op = match name {
                "isnan" => ScalarOp::IsNan,
                "isinf" => ScalarOp::IsInf,
                _ => ScalarOp::IsFinite,
            };
            let x = float_arg(cx, &args.pos[0])?;
            Ok(Val::one(Ty::Bool, cx.b.scalar(op, &[x])))
        }
        ("isclose", 2) => {
            let result = float_call(cx, MathFn::IsClose, args)?;
            Ok(Val::one(Ty::Bool, cx.b.cast(result.value(), DType::Bool)))
        }
        ("hypot", 2) => float_call(cx, MathFn::Hypot, args),
        ("gcd" | "lcm", n) if n != 2 => Err(cx.unsupported(Why::Argument, format!("math.{name} of {n} arguments"))),
        ("perm", 1) => int_call(cx, MathInt::Factorial, args),
        _ => {
            if let Some(code) = MathInt::from_name(name).filter(|c| c.arity() == n_args) {
                return int_call(cx, code, args);
            }
            match MathFn::from_name(name).filter(|c| c.arity() == n_args) {
                Some(code) => float_call(cx, code, args),
                None => Err(cx.unsupported(Why::Function, format!("math.{name}"))),
            }
        }
    }
}

fn float_arg(cx: &mut FnLower<'_>, val: &Val) -> Res<lnp_ir::Value> {
    let val = match &val.ty {
        // An array of one element converts as float() does.
        Ty::Array(..) => match crate::numpy::builtin(cx, "float", &Args::only(val.clone())) {
            Some(result) => result?,
            None => return Err(cx.unsupported(Why::Function, "math of an array")),
        },
        _ => val.clone(),
    };
    match &val.ty {
        ty if ty.scalar_dtype().is_some_and(|d| d != DType::C128) => cx.to_dtype(&val, DType::F64),
        Ty::Complex => Err(cx.type_error("must be real number, not complex")),
        other => {
            let text = format!("must be real number, not {}", other.python_name());
            Err(cx.type_error(text))
        }
    }
}

fn float_call(cx: &mut FnLower<'_>, code: MathFn, args: &Args) -> Res {
    let mut values = vec![Arg::Imm(code as i64)];
    for val in &args.pos {
        values.push(Arg::Value(float_arg(cx, val)?));
    }
    let rt = if code.arity() == 1 { Rt::Math1 } else { Rt::Math2 };
    Ok(cx.rt(rt, values, Ty::Float))
}

fn int_call(cx: &mut FnLower<'_>, code: MathInt, args: &Args) -> Res {
    let mut values = vec![Arg::Imm(code as i64)];
    for val in &args.pos {
        values.push(Arg::Value(cx.to_index(val)?));
    }
    if args.pos.len() == 1 {
        values.push(Arg::Imm(0));
    }
    Ok(cx.rt(Rt::MathInt, values, Ty::Int))
}

fn rounded(cx: &mut FnLower<'_>, name: &str, val: &Val) -> Res {
    if crate::lower::is_integer(&val.ty) {
        return super::convert::int(cx, val, None);
    }
    let code = match name {
        "floor" => MathFn::Floor,
        "ceil" => MathFn::Ceil,
        _ => MathFn::Trunc,
    };
    let whole = float_call(cx, code, &Args::only(val.clone()))?;
    Ok(cx.rt(Rt::IntFromFloat, vec![Arg::Value(whole.value())], Ty::Int))
}

fn pair(cx: &mut FnLower<'_>, args: &Args, a: MathFn, b: MathFn, second_int: bool) -> Res {
    let first = float_call(cx, a, args)?;
    let second = float_call(cx, b, args)?;
    let second = match second_int {
        true => Val::one(Ty::Int, cx.b.cast(second.value(), DType::I64)),
        false => second,
    };
    Ok(Val::tuple(vec![first, second]))
}
