//! `numpy.random.default_rng` and the methods of its `Generator`.

use super::create::{bind, dtype_arg, shape_arg};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{Arg, Rt};

/// Calls a function of `numpy.random`.
pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Option<Res> {
    match path {
        "random.default_rng" => Some(default_rng(cx, args)),
        _ => None,
    }
}

fn default_rng(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [seed] = bind(cx, "random.default_rng", args, ["seed"])?;
    match seed {
        None => Ok(cx.rt(Rt::RngNewEntropy, Vec::new(), Ty::Rng)),
        Some(seed) if seed.is_none() => Ok(cx.rt(Rt::RngNewEntropy, Vec::new(), Ty::Rng)),
        Some(seed) if matches!(seed.ty, Ty::Int | Ty::Np(DType::I32 | DType::I64)) => {
            let seed = cx.to_index(&seed)?;
            Ok(cx.rt(Rt::RngNew, vec![Arg::Value(seed)], Ty::Rng))
        }
        Some(_) => Err(cx.unsupported(Why::Argument, "numpy.random.default_rng of something else than an int")),
    }
}

/// Distributions by name: runtime code, parameter names and defaults.
const FLOATS: &[(&str, i64, &[(&str, f64)])] = &[
    ("random", 0, &[]),
    ("standard_normal", 1, &[]),
    ("standard_exponential", 2, &[]),
    ("uniform", 3, &[("low", 0.0), ("high", 1.0)]),
    ("normal", 4, &[("loc", 0.0), ("scale", 1.0)]),
    ("exponential", 5, &[("scale", 1.0)]),
];

pub fn has_method(name: &str) -> bool {
    FLOATS.iter().any(|(n, ..)| *n == name) || matches!(name, "integers" | "permutation" | "shuffle" | "choice")
}

/// Calls a method of a `Generator`.
pub fn method(cx: &mut FnLower<'_>, rng: &Val, name: &str, args: &Args) -> Option<Res> {
    if let Some((_, code, params)) = FLOATS.iter().find(|(n, ..)| *n == name) {
        return Some(floats(cx, rng, name, *code, params, args));
    }
    Some(match name {
        "integers" => integers(cx, rng, args),
        "permutation" => permutation(cx, rng, args),
        "shuffle" => shuffle(cx, rng, args),
        "choice" => choice(cx, rng, args),
        _ => return None,
    })
}

fn floats(cx: &mut FnLower<'_>, rng: &Val, name: &str, code: i64, params: &[(&str, f64)], args: &Args) -> Res {
    let mut names: Vec<&str> = params.iter().map(|(n, _)| *n).collect();
    names.push("size");
    if params.is_empty() {
        names.push("dtype");
    }
    let mut given: Vec<Option<Val>> = vec![None; names.len()];
    if args.pos.len() > names.len() {
        return Err(cx.unsupported(Why::Argument, format!("Generator.{name} with so many arguments")));
    }
    for (slot, val) in given.iter_mut().zip(&args.pos) {
        *slot = Some(val.clone());
    }
    for (key, val) in &args.kw {
        match names.iter().position(|n| n == key) {
            Some(idx) => given[idx] = Some(val.clone()),
            None => return Err(super::create::wrong_keyword(cx, name, key, &names)),
        }
    }
    let mut numbers = Vec::new();
    for (idx, (_, default)) in params.iter().enumerate() {
        numbers.push(match &given[idx] {
            None => cx.b.f64(*default),
            Some(val) if val.ty.is_scalar() => cx.to_dtype(val, DType::F64)?,
            Some(_) => return Err(cx.unsupported(Why::Argument, format!("Generator.{name} with array parameters"))),
        });
    }
    while numbers.len() < 2 {
        numbers.push(cx.b.f64(0.0));
    }
    let dtype = match params.is_empty() {
        true => dtype_arg(cx, &given[names.len() - 1], DType::F64)?,
        false => DType::F64,
    };
    let size = given[params.len()].clone().filter(|v| !v.is_none());
    let mut call = vec![
        Arg::Value(rng.value()),
        Arg::Imm(code),
        Arg::Value(numbers[0]),
        Arg::Value(numbers[1]),
    ];
    match size {
        None if dtype == DType::F64 => Ok(cx.rt(Rt::RngScalar, call, Ty::Float)),
        None => Err(cx.unsupported(Why::DType, format!("one float32 of Generator.{name}"))),
        Some(size) => {
            let shape = shape_arg(cx, &size)?;
            let ty = Ty::Array(dtype, shape.len() as u8);
            call.extend([Arg::Imm(dtype as i64), Arg::Slots(shape)]);
            Ok(cx.rt(Rt::RngArray, call, ty))
        }
    }
}

fn integers(cx: &mut FnLower<'_>, rng: &Val, args: &Args) -> Res {
    let [low, high, size, dtype, endpoint] = bind(
        cx,
        "random.Generator.integers",
        args,
        ["low", "high", "size", "dtype", "endpoint"],
    )?;
    let Some(low) = low else {
        return Err(cx.unsupported(Why::Argument, "Generator.integers without a bound"));
    };
    let (low, high) = match high {
        Some(high) if !high.is_none() => (low, high),
        _ => (cx.int(0), low),
    };
    let integer = |v: &Val| matches!(v.ty, Ty::Int | Ty::Np(DType::I32 | DType::I64));
    if !integer(&low) || !integer(&high) {
        return Err(cx.unsupported(Why::Argument, "Generator.integers with bounds that are no ints"));
    }
    let (low, high) = (cx.to_index(&low)?, cx.to_index(&high)?);
    let endpoint = match endpoint {
        Some(e) => cx.to_dtype(&e, DType::Bool)?,
        None => cx.b.bool(false),
    };
    let is_default = dtype.as_ref().is_none_or(Val::is_none);
    let dtype = dtype_arg(cx, &dtype, DType::I64)?;
    if !matches!(dtype, DType::I64 | DType::I32 | DType::Bool) {
        return Err(cx.unsupported(Why::DType, "Generator.integers of this dtype"));
    }
    let mut call = vec![
        Arg::Value(rng.value()),
        Arg::Value(low),
        Arg::Value(high),
        Arg::Value(endpoint),
    ];
    match size.filter(|v| !v.is_none()) {
        None if is_default => Ok(cx.rt(Rt::RngIntegersScalar, call, Ty::Np(DType::I64))),
        None => Err(cx.unsupported(Why::DType, "one integer of a dtype from Generator.integers")),
        Some(size) => {
            let shape = shape_arg(cx, &size)?;
            let ty = Ty::Array(dtype, shape.len() as u8);
            call.extend([Arg::Imm(dtype as i64), Arg::Slots(shape)]);
            Ok(cx.rt(Rt::RngIntegersArray, call, ty))
        }
    }
}

fn permutation(cx: &mut FnLower<'_>, rng: &Val, args: &Args) -> Res {
    let [x, axis] = bind(cx, "random.Generator.permutation", args, ["x", "axis"])?;
    match x {
        Some(n) if matches!(n.ty, Ty::Int | Ty::Np(DType::I64 | DType::I32)) && axis.is_none() => {
            let n = cx.to_index(&n)?;
            let call = vec![Arg::Value(rng.value()), Arg::Value(n)];
            Ok(cx.rt(Rt::RngPermutation, call, Ty::Array(DType::I64, 1)))
        }
        _ => Err(cx.unsupported(Why::Argument, "Generator.permutation of an array")),
    }
}

fn shuffle(cx: &mut FnLower<'_>, rng: &Val, args: &Args) -> Res {
    match (args.pos.as_slice(), args.kw.is_empty()) {
        ([array], true) if matches!(array.ty, Ty::Array(_, 1)) => {
            Ok(cx.rt_unit(Rt::RngShuffle, vec![Arg::Value(rng.value()), Arg::Value(array.value())]))
        }
        _ => Err(cx.unsupported(Why::Argument, "Generator.shuffle of something else than a 1-D array")),
    }
}

/// `rng.choice(n or 1-D array, size, replace)` without probabilities.
fn choice(cx: &mut FnLower<'_>, rng: &Val, args: &Args) -> Res {
    let [a, size, replace] = bind(cx, "random.Generator.choice", args, ["a", "size", "replace"])?;
    let (Some(a), Some(size)) = (a, size.filter(|s| matches!(s.ty, Ty::Int | Ty::Np(_)))) else {
        return Err(cx.unsupported(Why::Argument, "Generator.choice without a size"));
    };
    let population = match a.ty {
        Ty::Int | Ty::Np(DType::I64 | DType::I32) => cx.to_index(&a)?,
        Ty::Array(_, 1) => super::create::dims(cx, &a, 1)[0],
        _ => return Err(cx.unsupported(Why::Argument, "Generator.choice from this")),
    };
    let size = cx.to_index(&size)?;
    let replace = match replace {
        Some(r) => cx.to_dtype(&r, DType::Bool)?,
        None => cx.b.bool(true),
    };
    let call = vec![
        Arg::Value(rng.value()),
        Arg::Value(population),
        Arg::Value(size),
        Arg::Value(replace),
    ];
    let indices = cx.rt(Rt::RngChoice, call, Ty::Array(DType::I64, 1));
    match a.ty {
        Ty::Array(dtype, _) => {
            let call = vec![
                Arg::Value(a.value()),
                Arg::Imm(0),
                Arg::Value(indices.value()),
                Arg::Imm(0),
            ];
            Ok(cx.rt(Rt::Take, call, Ty::Array(dtype, 1)))
        }
        _ => Ok(indices),
    }
}
