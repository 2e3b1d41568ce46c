//! The parts of complex numbers: real, imag, angle; assignment to them.

use super::create::{bind, zero_dim};
use super::elementwise::{cast, const_float, const_number};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use lnp_ir::{Body, BodyVal, ScalarOp};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    matches!(name, "real" | "imag" | "angle").then(|| part(cx, name, args))
}

fn part(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [z] = bind(cx, name, args, ["z"]).or_else(|_| bind(cx, name, args, ["val"]))?;
    let Some(z) = z else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    match (name, &z.ty) {
        ("angle", _) => {}
        (_, Ty::Array(..)) => return of_array(cx, name, &z),
        // Python's numbers have these attributes themselves.
        ("real", Ty::Bool | Ty::Int | Ty::Float) => return Ok(z),
        ("imag", Ty::Bool | Ty::Int) => return Ok(cx.int(0)),
        ("imag", Ty::Float) => return Ok(cx.float(0.0)),
        (_, Ty::Complex) => {
            let result = elements(cx, name, &z)?;
            return Ok(Val::one(Ty::Float, result.value()));
        }
        _ => {}
    }
    let z = cx.operand(&z)?;
    elements(cx, name, &z)
}

/// `array.real` or `array.imag`.
///
/// Of complex numbers it is a copy, which is known to be one (see `aliasing`): only assignment
/// through the attribute writes to the array.
pub fn of_array(cx: &mut FnLower<'_>, name: &str, array: &Val) -> Res {
    match array.ty {
        Ty::Array(dtype, _) if name == "real" && dtype != DType::C128 => Ok(array.clone()),
        Ty::Array(DType::C128, n) if n > 0 => Ok(elements(cx, name, array)?.with_konst(Konst::Part)),
        Ty::Array(dtype, 0) => {
            let item = cx.item(array, dtype);
            let part = elements(cx, name, &item)?;
            let dtype = part.ty.dtype().unwrap_or(dtype);
            Ok(zero_dim(cx, part.value(), dtype).with_konst(Konst::Part))
        }
        _ => elements(cx, name, array),
    }
}

fn elements(cx: &mut FnLower<'_>, name: &str, z: &Val) -> Res {
    let Some(dtype) = z.ty.dtype() else {
        return Err(cx.unsupported(Why::Mixed, "not a number"));
    };
    let build = |name: &str, body: &mut Body, args: &[BodyVal]| -> BodyVal {
        let real = dtype != DType::C128;
        match name {
            "real" if real => args[0],
            "imag" if real => const_number(body, 0, dtype),
            "real" => body.push(ScalarOp::Re, args, DType::F64),
            "imag" => body.push(ScalarOp::Im, args, DType::F64),
            _ => {
                let (re, im) = if real {
                    (cast(body, args[0], DType::F64), const_float(body, 0.0, DType::F64))
                } else {
                    (
                        body.push(ScalarOp::Re, args, DType::F64),
                        body.push(ScalarOp::Im, args, DType::F64),
                    )
                };
                body.push(ScalarOp::Atan2, &[im, re], DType::F64)
            }
        }
    };
    if name == "angle" && dtype == DType::F32 {
        return Err(cx.unsupported(Why::DType, "numpy.angle of float32"));
    }
    cx.elementwise(std::slice::from_ref(z), &[dtype], &|body, args| build(name, body, args))
}

/// The complex numbers `old` with one part replaced by `part`.
pub fn replaced(body: &mut Body, name: &str, old: BodyVal, part: BodyVal) -> BodyVal {
    let part = cast(body, part, DType::F64);
    let (re, im) = match name {
        "real" => (part, body.push(ScalarOp::Im, &[old], DType::F64)),
        _ => (body.push(ScalarOp::Re, &[old], DType::F64), part),
    };
    body.push(ScalarOp::MakeComplex, &[re, im], DType::C128)
}

/// `array.real = value` and `array.imag = value`.
pub fn assign(cx: &mut FnLower<'_>, array: &Val, name: &str, value: &Val) -> Res<()> {
    match array.ty {
        Ty::Array(DType::C128, _) => {
            let value = cx.operand(value)?;
            let from = value.ty.dtype().unwrap_or(DType::F64);
            if from == DType::C128 {
                return Err(cx.unsupported(Why::DType, "complex numbers assigned to a part"));
            }
            cx.elementwise_into(
                array,
                false,
                &[array.clone(), value],
                &[DType::C128, from],
                &|body, args| replaced(body, name, args[0], args[1]),
            )
        }
        _ if name == "real" => {
            let value = cx.operand(value)?;
            super::index::assign(cx, array, &value)
        }
        _ => Err(cx.unsupported(Why::Statement, "assigning to the imaginary part of reals")),
    }
}
