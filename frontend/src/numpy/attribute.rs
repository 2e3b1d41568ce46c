//! Attributes and methods of arrays, NumPy scalars, dtypes and generators.

use super::aliasing::{Write, check_write, inherit};
use super::create::{as_array, copy_of};
use super::shape::{shape_tuple, size};
use crate::DType;
use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};
use lnp_ir::{Arg, Rt};

/// Methods that are functions of the same name with the array first.
const AS_FUNCTIONS: &[&str] = &[
    "sum",
    "prod",
    "min",
    "max",
    "mean",
    "std",
    "var",
    "any",
    "all",
    "argmin",
    "argmax",
    "cumsum",
    "cumprod",
    "ravel",
    "squeeze",
    "swapaxes",
    "diagonal",
    "trace",
    "repeat",
    "dot",
    "clip",
    "round",
    "conj",
    "conjugate",
    "nonzero",
    "argsort",
    "take",
    "searchsorted",
];

/// Other methods that the catalog has.
const METHODS: &[&str] = &[
    "copy",
    "astype",
    "reshape",
    "transpose",
    "flatten",
    "fill",
    "item",
    "sort",
    "view",
    "tolist",
];

/// `recv.name`; `None` where CPython has to look.
pub fn attribute(cx: &mut FnLower<'_>, recv: &Val, name: &str) -> Option<Res> {
    match &recv.ty {
        Ty::Array(dtype, ndim) => {
            let (dtype, ndim) = (*dtype, *ndim);
            Some(Ok(match name {
                "shape" => shape_tuple(cx, recv),
                "ndim" => cx.int(i64::from(ndim)),
                "size" => size(cx, recv),
                "dtype" => Val::unit(Ty::DType(dtype)),
                "T" => return Some(super::shape::transpose(cx, recv, None).map(|t| inherit(recv, t, false))),
                // The real part of reals is the array itself.
                "real" if dtype != DType::C128 => recv.clone(),
                "real" | "imag" => return Some(super::parts::of_array(cx, name, recv)),
                "itemsize" => cx.int(dtype.size() as i64),
                "nbytes" => {
                    let n = size(cx, recv);
                    let bytes = cx.b.i64(dtype.size() as i64);
                    let total = cx.b.scalar(lnp_ir::ScalarOp::Mul, &[n.value(), bytes]);
                    Val::one(Ty::Int, total)
                }
                _ if AS_FUNCTIONS.contains(&name) || METHODS.contains(&name) => {
                    let ty = Ty::Method(Box::new(recv.ty.clone()), name.into());
                    Val::new(ty, recv.vals.clone())
                }
                _ => return None,
            }))
        }
        Ty::Np(dtype) => {
            let dtype = *dtype;
            Some(Ok(match name {
                "shape" => Val::tuple(Vec::new()),
                "ndim" => cx.int(0),
                "size" => cx.int(1),
                "dtype" => Val::unit(Ty::DType(dtype)),
                "T" => recv.clone(),
                "itemsize" | "nbytes" => cx.int(dtype.size() as i64),
                "real" | "imag" => return super::parts::call(cx, name, &Args::only(recv.clone())),
                "item" | "astype" | "sum" | "min" | "max" | "mean" | "any" | "all" | "round" | "conj" | "conjugate"
                | "copy" | "clip" => {
                    let ty = Ty::Method(Box::new(recv.ty.clone()), name.into());
                    Val::new(ty, recv.vals.clone())
                }
                _ => return None,
            }))
        }
        Ty::DType(dtype) => Some(Ok(match name {
            "name" => cx.str(dtype.numpy_name()),
            "itemsize" => cx.int(dtype.size() as i64),
            "kind" => cx.str(match dtype {
                DType::Bool => "b",
                DType::I32 | DType::I64 => "i",
                DType::F32 | DType::F64 => "f",
                DType::C128 => "c",
            }),
            _ => return None,
        })),
        Ty::Rng if super::random::has_method(name) => {
            let ty = Ty::Method(Box::new(Ty::Rng), name.into());
            Some(Ok(Val::new(ty, recv.vals.clone())))
        }
        _ => None,
    }
}

/// `recv.name(args)`.
pub fn method(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Option<Res> {
    match &recv.ty {
        Ty::Rng => super::random::method(cx, recv, name, args),
        Ty::Array(..) => array_method(cx, recv, name, args),
        Ty::Np(dtype) => {
            let dtype = *dtype;
            match name {
                "item" if args.pos.is_empty() => Some(Ok(python_scalar(cx, recv, dtype))),
                "sum" | "min" | "max" | "mean" | "copy" | "conj" | "conjugate"
                    if args.pos.is_empty() && args.kw.is_empty() && dtype != DType::Bool && dtype != DType::C128 =>
                {
                    let is_mean = name == "mean" && dtype.is_int();
                    let result = if is_mean { DType::F64 } else { dtype };
                    let value = cx.b.cast(recv.value(), result);
                    Some(Ok(Val::one(Ty::Np(result), value)))
                }
                "astype" => {
                    let to = args.pos.first().and_then(dtype_of)?;
                    let value = cx.b.cast(recv.value(), to);
                    Some(Ok(Val::one(Ty::Np(to), value)))
                }
                "any" | "all" if args.pos.is_empty() && args.kw.is_empty() && dtype == DType::Bool => {
                    Some(Ok(recv.clone()))
                }
                "round" | "clip" => {
                    let mut all = args.clone();
                    all.pos.insert(0, recv.clone());
                    super::call(cx, &format!("numpy.{name}"), &all)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// A NumPy scalar as Python's own type.
pub fn python_scalar(cx: &mut FnLower<'_>, val: &Val, dtype: DType) -> Val {
    let (ty, wide) = match dtype {
        DType::Bool => (Ty::Bool, dtype),
        DType::I32 | DType::I64 => (Ty::Int, DType::I64),
        DType::F32 | DType::F64 => (Ty::Float, DType::F64),
        DType::C128 => (Ty::Complex, dtype),
    };
    let value = cx.b.cast(val.value(), wide);
    Val::one(ty, value)
}

/// `array.tolist()`: nested lists of Python's own numbers.
fn to_nested(cx: &mut FnLower<'_>, array: &Val) -> Res {
    let Ty::Array(dtype, ndim) = array.ty else {
        let dtype = array.ty.scalar_dtype().unwrap_or(DType::F64);
        return Ok(python_scalar(cx, array, dtype));
    };
    if ndim == 0 {
        let item = cx.item(array, dtype);
        return Ok(python_scalar(cx, &item, dtype));
    }
    let empty = cx.new_list(&Ty::Bottom, 0);
    cx.fold(array, &empty, &mut |cx, list, elem| {
        let elem = to_nested(cx, elem)?;
        cx.append(list, &elem)?;
        Ok(Val::one(Ty::list(elem.ty), list.value()))
    })
}

fn array_method(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Option<Res> {
    let Ty::Array(dtype, ndim) = recv.ty else { return None };
    if matches!(name, "conj" | "conjugate") && dtype != DType::C128 && args.pos.is_empty() {
        // Unlike the function, the method gives reals themselves.
        return Some(Ok(recv.clone()));
    }
    if AS_FUNCTIONS.contains(&name) {
        let mut all = args.clone();
        all.pos.insert(0, recv.clone());
        return super::call(cx, &format!("numpy.{name}"), &all);
    }
    let bad = |cx: &FnLower<'_>| cx.unsupported(Why::Argument, format!("arguments of ndarray.{name}"));
    Some(match name {
        "copy" => match (
            args.pos.first().or(args.kw("order")).map(Val::const_str),
            args.pos.len(),
        ) {
            (None | Some(Some("C")), _) => Ok(copy_of(cx, recv, 0)),
            (Some(Some("K")), _) => Ok(copy_of(cx, recv, 1)),
            _ => Err(bad(cx)),
        },
        "astype" => {
            let to = args.pos.first().or(args.kw("dtype"));
            let copies = args.kw("copy").is_none_or(|c| c.const_bool() == Some(true));
            let known = args.kw.iter().all(|(k, _)| k == "dtype" || k == "copy");
            match (to.and_then(dtype_of), known && args.pos.len() <= 1) {
                (Some(to), true) if to != dtype => cx.astype_any(recv, to),
                (Some(_), true) if copies => Ok(copy_of(cx, recv, 1)),
                (Some(_), true) => Ok(recv.clone()),
                _ => Err(cx.unsupported(Why::DType, "ndarray.astype to a dtype that is not compiled")),
            }
        }
        "reshape" => {
            if args.kw.iter().any(|(k, v)| k != "order" || v.const_str() != Some("C")) {
                return Some(Err(bad(cx)));
            }
            let view = match args.pos.as_slice() {
                [shape] => super::shape::reshape(cx, recv, shape),
                many => super::shape::reshape(cx, recv, &Val::tuple(many.to_vec())),
            };
            view.map(|view| inherit(recv, view, true))
        }
        "transpose" => match args.pos.as_slice() {
            [] => super::shape::transpose(cx, recv, None),
            [axes] if axes.is_none() => super::shape::transpose(cx, recv, None),
            [axes] => super::shape::transpose(cx, recv, Some(axes)),
            many => super::shape::transpose(cx, recv, Some(&Val::tuple(many.to_vec()))),
        }
        .map(|view| inherit(recv, view, false)),
        "flatten" if args.pos.is_empty() && args.kw.is_empty() => {
            Ok(cx.rt(Rt::Flatten, vec![Arg::Value(recv.value())], Ty::Array(dtype, 1)))
        }
        "fill" if args.pos.len() == 1 && (args.pos[0].ty.is_scalar() || matches!(args.pos[0].ty, Ty::Array(_, 0))) => {
            let value = match cx.operand(&args.pos[0]) {
                Ok(value) => value,
                Err(bail) => return Some(Err(bail)),
            };
            check_write(cx, recv, Write::Assignment)
                .and_then(|()| super::index::assign(cx, recv, &value))
                .map(|()| Val::none())
        }
        "item" => match args.pos.as_slice() {
            [] => {
                let item = cx.item(recv, dtype);
                Ok(python_scalar(cx, &item, dtype))
            }
            indices if indices.len() == ndim as usize => {
                let mut values = Vec::new();
                for index in indices {
                    match cx.to_index(index) {
                        Ok(value) => values.push(value),
                        Err(bail) => return Some(Err(bail)),
                    }
                }
                let element = super::index::element(cx, recv, dtype, values);
                Ok(python_scalar(cx, &element, dtype))
            }
            _ => Err(bad(cx)),
        },
        "tolist" if args.pos.is_empty() => to_nested(cx, recv),
        "sort" => {
            let mut all = args.clone();
            all.pos.insert(0, recv.clone());
            match super::order::call(cx, "sort", &all)? {
                Ok(sorted) => check_write(cx, recv, Write::Sort)
                    .and_then(|()| super::index::assign(cx, recv, &sorted))
                    .map(|()| Val::none()),
                Err(bail) => Err(bail),
            }
        }
        _ => return None,
    })
}

/// Built-in functions on arrays and NumPy scalars.
pub fn builtin(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    let a = args.pos.first()?.clone();
    let scalar_dtype = match a.ty {
        Ty::Np(dtype) => Some(dtype),
        _ => None,
    };
    Some(match name {
        "abs" => return super::ufunc::call(cx, "abs", &Args::only(a)),
        "divmod" => super::select::divmod(cx, &a, args.pos.get(1)?),
        "len" => match a.ty {
            Ty::Array(_, 0) => Err(cx.raise(lnp_abi::ExceptionKind::TypeError, "len() of unsized object")),
            Ty::Array(..) => {
                let inst = lnp_ir::Inst::Dim {
                    array: a.value(),
                    axis: 0,
                };
                let n = cx.b.push1(inst, lnp_ir::Ty::I64);
                Ok(Val::one(Ty::Int, n))
            }
            _ => return None,
        },
        "bool" => match a.ty {
            Ty::Array(_, n) if n > 0 => truth_of_array(cx, &a),
            _ => {
                let a = match cx.operand(&a) {
                    Ok(a) => a,
                    Err(bail) => return Some(Err(bail)),
                };
                let dtype = a.ty.dtype()?;
                cx.elementwise(&[a], &[dtype], &|body, args| super::ufunc::truth(body, args[0]))
                    .map(|v| Val::one(Ty::Bool, v.value()))
            }
        },
        "int" | "float" | "complex" if args.pos.len() == 1 && args.kw.is_empty() => {
            if matches!(a.ty, Ty::Array(_, n) if n > 0) {
                return Some(Err(cx.raise_late(
                    lnp_abi::ExceptionKind::TypeError,
                    "only 0-dimensional arrays can be converted to Python scalars",
                )));
            }
            let a = match cx.operand(&a) {
                Ok(a) => a,
                Err(bail) => return Some(Err(bail)),
            };
            convert(cx, name, &a)?
        }
        "round" => {
            let digits = args.pos.get(1);
            match (scalar_dtype, digits) {
                // Python's round of a NumPy float without digits is an int.
                (Some(DType::F64 | DType::F32), None) => {
                    let value = match cx.to_dtype(&a, DType::F64) {
                        Ok(value) => value,
                        Err(bail) => return Some(Err(bail)),
                    };
                    Ok(cx.rt(Rt::RoundToInt, vec![Arg::Value(value)], Ty::Int))
                }
                (_, digits) => {
                    let n = match digits {
                        None => 0,
                        Some(d) => match d.const_int() {
                            Some(n) => n,
                            None => return Some(Err(cx.need_const("ndigits"))),
                        },
                    };
                    super::select::round_to(cx, &a, n)
                }
            }
        }
        "contains" => {
            let item = args.pos.get(1)?;
            let equal = match super::operator::compare(cx, crate::ops::CmpOp::Eq, &a, item) {
                Ok(equal) => equal,
                Err(bail) => return Some(Err(bail)),
            };
            match super::reduce::call(cx, "any", &Args::only(equal))? {
                Ok(any) => Ok(Val::one(Ty::Bool, any.value())),
                Err(bail) => Err(bail),
            }
        }
        _ => return None,
    })
}

fn truth_of_array(cx: &mut FnLower<'_>, array: &Val) -> Res {
    let n = size(cx, array);
    let one = cx.b.i64(1);
    let several = cx.b.scalar(lnp_ir::ScalarOp::Gt, &[n.value(), one]);
    cx.raise_if(
        several,
        lnp_abi::ExceptionKind::ValueError,
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    );
    let empty = cx.b.scalar(lnp_ir::ScalarOp::Lt, &[n.value(), one]);
    cx.raise_if(
        empty,
        lnp_abi::ExceptionKind::ValueError,
        "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
    );
    let any = match super::reduce::call(cx, "any", &Args::only(array.clone())) {
        Some(any) => any?,
        None => return Err(cx.unsupported(Why::Expression, "the truth of an array")),
    };
    Ok(Val::one(Ty::Bool, any.value()))
}

fn convert(cx: &mut FnLower<'_>, name: &str, a: &Val) -> Option<Res> {
    let dtype = a.ty.scalar_dtype()?;
    Some(Ok(match (name, dtype) {
        ("int", DType::C128) | ("float", DType::C128) => return None,
        ("int", DType::F32 | DType::F64) => {
            let wide = cx.b.cast(a.value(), DType::F64);
            cx.rt(Rt::IntFromFloat, vec![Arg::Value(wide)], Ty::Int)
        }
        ("int", _) => Val::one(Ty::Int, cx.b.cast(a.value(), DType::I64)),
        ("float", _) => Val::one(Ty::Float, cx.b.cast(a.value(), DType::F64)),
        _ => Val::one(Ty::Complex, cx.b.cast(a.value(), DType::C128)),
    }))
}

/// An array argument of a scalar class: `np.float64(x)`, `np.int32(x)`.
pub fn scalar_class(cx: &mut FnLower<'_>, dtype: DType, args: &Args) -> Option<Res> {
    let [a] = args.pos.as_slice() else {
        return args.pos.is_empty().then(|| {
            let zero = cx.b.i64(0);
            let value = cx.b.cast(zero, dtype);
            Ok(Val::one(Ty::Np(dtype), value))
        });
    };
    Some(match &a.ty {
        Ty::Array(_, n) if *n > 0 => cx.astype_if(a, dtype),
        Ty::List(_) | Ty::Tuple(_) => as_array(cx, a, Some(dtype)),
        Ty::Str => return None,
        _ => {
            let a = match cx.operand(a) {
                Ok(a) => a,
                Err(bail) => return Some(Err(bail)),
            };
            if a.ty.scalar_dtype() == Some(DType::C128) && dtype != DType::C128 {
                return None;
            }
            match cx.scalar_as(&a, dtype) {
                Ok(value) => Ok(Val::one(Ty::Np(dtype), value)),
                Err(bail) => Err(bail),
            }
        }
    })
}
