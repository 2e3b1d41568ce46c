//! Builtin conversions and functions of one number.

use crate::DType;
use crate::diag::Why;
use crate::lower::emit::arg;
use crate::lower::{FnLower, Res};
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_abi::StrMethod;
use lnp_ir::{Arg, CheckedOp, Rt, ScalarOp};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let Some(val) = args.pos.first() else {
        return Err(cx.unsupported(Why::Argument, format!("this call of '{name}'")));
    };
    match name {
        "str" if args.pos.len() == 1 => cx.to_str(val),
        "repr" => cx.to_repr(val),
        "format" => {
            let spec = args.pos.get(1).cloned().unwrap_or_else(|| cx.str(""));
            cx.format(val, &spec)
        }
        "bool" => {
            let value = cx.truth(val)?;
            Ok(match cx.known_truth(val) {
                Some(known) => cx.bool(known),
                None => Val::one(Ty::Bool, value),
            })
        }
        "int" => int(cx, val, args.pos.get(1)),
        "float" => float(cx, val),
        "complex" => complex(cx, val, args.pos.get(1)),
        "chr" => {
            let code = cx.to_index(val)?;
            let args = vec![
                Arg::Imm(StrMethod::Chr as i64),
                Arg::Str(String::new()),
                Arg::Slots(vec![]),
                Arg::Value(code),
            ];
            Ok(cx.rt(Rt::StrMethodStr, args, Ty::Str))
        }
        "ord" if val.ty == Ty::Str => {
            let args = vec![
                Arg::Imm(StrMethod::Ord as i64),
                arg(val),
                Arg::Slots(vec![]),
                Arg::Imm(0),
            ];
            Ok(cx.rt(Rt::StrMethodI64, args, Ty::Int))
        }
        "bin" | "hex" | "oct" if matches!(val.ty, Ty::Int | Ty::Bool) => {
            let value = cx.to_index(val)?;
            let spec = format!("#{}", &name[..1]).replace('h', "x");
            Ok(cx.rt(Rt::FormatI64, vec![Arg::Value(value), Arg::Str(spec)], Ty::Str))
        }
        _ => Err(cx.unsupported(Why::Function, format!("this call of '{name}'"))),
    }
}

pub fn int(cx: &mut FnLower<'_>, val: &Val, base: Option<&Val>) -> Res {
    match (&val.ty, base) {
        (Ty::Str, base) => {
            let base = match base {
                Some(base) => Arg::Value(cx.to_index(base)?),
                None => Arg::Imm(10),
            };
            Ok(cx.rt(Rt::IntFromStr, vec![arg(val), base], Ty::Int))
        }
        (Ty::Obj, Some(_)) => Err(cx.unsupported(Why::Object, "int() of a CPython object")),
        (_, Some(_)) => Err(cx.type_error("int() can't convert non-string with explicit base")),
        (Ty::Int, _) => Ok(val.clone()),
        (Ty::Bool | Ty::Np(DType::Bool | DType::I32 | DType::I64), _) => {
            let value = cx.to_dtype(val, DType::I64)?;
            Ok(Val::one(Ty::Int, value))
        }
        (Ty::Float, _) if val.const_float().is_some_and(beyond_int) => {
            Err(cx.unsupported(Why::BigInt, "an integer beyond 64 bits"))
        }
        (Ty::Float | Ty::Np(DType::F32 | DType::F64), _) => {
            let value = cx.to_dtype(val, DType::F64)?;
            Ok(cx.rt(Rt::IntFromFloat, vec![Arg::Value(value)], Ty::Int))
        }
        (Ty::Obj, _) => {
            let object = cx.py_expr("int(_a)", &[("_a", val)])?;
            cx.typed(&object, &Ty::Int)
        }
        (other, _) => {
            let text = format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                other.python_name()
            );
            Err(cx.type_error(text))
        }
    }
}

/// A finite value whose integer part does not fit in 64 bits.
fn beyond_int(x: f64) -> bool {
    x.is_finite() && x.abs() >= 9.2e18
}

fn float(cx: &mut FnLower<'_>, val: &Val) -> Res {
    match &val.ty {
        Ty::Str => Ok(cx.rt(Rt::FloatFromStr, vec![arg(val)], Ty::Float)),
        Ty::Float => Ok(val.clone()),
        Ty::Obj => {
            let object = cx.py_expr("float(_a)", &[("_a", val)])?;
            cx.typed(&object, &Ty::Float)
        }
        ty if ty.scalar_dtype().is_some_and(|d| d != DType::C128) => {
            if let (Ty::Int, Some(v)) = (ty, val.const_int()) {
                return Ok(cx.float(v as f64));
            }
            let value = cx.to_dtype(val, DType::F64)?;
            Ok(Val::one(Ty::Float, value))
        }
        other => {
            let text = format!(
                "float() argument must be a string or a real number, not '{}'",
                other.python_name()
            );
            Err(cx.type_error(text))
        }
    }
}

fn complex(cx: &mut FnLower<'_>, re: &Val, im: Option<&Val>) -> Res {
    let real = |v: &Val| v.ty.scalar_dtype().is_some_and(|d| d != DType::C128);
    match im {
        None if re.ty.is_scalar() => {
            let value = cx.to_dtype(re, DType::C128)?;
            Ok(Val::one(Ty::Complex, value))
        }
        Some(im) if real(re) && real(im) => {
            let x = cx.to_dtype(re, DType::F64)?;
            let y = cx.to_dtype(im, DType::F64)?;
            let inst = lnp_ir::Inst::Scalar {
                op: ScalarOp::MakeComplex,
                args: vec![x, y],
            };
            Ok(Val::one(Ty::Complex, cx.b.push1(inst, lnp_ir::Ty::C128)))
        }
        _ => Err(cx.unsupported(Why::Function, "this call of 'complex'")),
    }
}

/// `abs`, `round`, `divmod`, `pow` of Python numbers.
pub fn number(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    if args.pos.iter().any(|a| a.ty == Ty::Obj) {
        return Err(cx.unsupported(Why::Object, format!("'{name}' of a CPython object")));
    }
    match (name, &args.pos[..]) {
        ("abs", [val]) => match &val.ty {
            Ty::Int | Ty::Bool => {
                let value = cx.to_dtype(val, DType::I64)?;
                let value = cx.b.checked(CheckedOp::Abs, &[value]);
                Ok(Val::one(Ty::Int, value).with_konst(crate::val::Konst::NonNegative))
            }
            Ty::Float => Ok(Val::one(Ty::Float, cx.b.scalar(ScalarOp::Abs, &[val.value()]))),
            Ty::Complex => Ok(Val::one(Ty::Float, cx.b.scalar(ScalarOp::Abs, &[val.value()]))),
            other => Err(cx.type_error(format!("bad operand type for abs(): '{}'", other.python_name()))),
        },
        ("round", [val, digits @ ..]) if digits.len() <= 1 => {
            let digits = digits.first().filter(|d| !d.is_none());
            match (&val.ty, digits) {
                (Ty::Int | Ty::Bool, None) => int(cx, val, None),
                (Ty::Int | Ty::Bool, Some(d)) if d.is_non_negative() => int(cx, val, None),
                (Ty::Float, None) if val.const_float().is_some_and(beyond_int) => {
                    Err(cx.unsupported(Why::BigInt, "an integer beyond 64 bits"))
                }
                (Ty::Float, None) => Ok(cx.rt(Rt::RoundToInt, vec![arg(val)], Ty::Int)),
                (Ty::Float, Some(digits)) => {
                    let digits = cx.to_index(digits)?;
                    Ok(cx.rt(Rt::RoundDigits, vec![arg(val), Arg::Value(digits)], Ty::Float))
                }
                _ => Err(cx.unsupported(Why::Function, "this call of 'round'")),
            }
        }
        ("divmod", [a, b]) => {
            let q = cx.binary(BinOp::FloorDiv, a, b)?;
            let r = cx.binary(BinOp::Mod, a, b)?;
            Ok(Val::tuple(vec![q, r]))
        }
        ("pow", [a, b]) => cx.binary(BinOp::Pow, a, b),
        _ => Err(cx.unsupported(Why::Function, format!("this call of '{name}'"))),
    }
}
