//! Array creation.

use super::elementwise::const_number;
use super::operator::common_dtype;
use super::promote::promote;
use crate::DType;
use crate::diag::{Why, nearest};
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};
use lnp_ir::{self as ir, Arg, LaunchMode, Rt};

/// Calls a creation function; `None` when it is none of them.
pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    Some(match name {
        "zeros" | "ones" | "empty" => shaped(cx, name, args),
        "full" => full(cx, args),
        "zeros_like" | "ones_like" | "empty_like" | "full_like" => like(cx, name, args),
        "array" | "asarray" | "ascontiguousarray" | "asfarray" => array(cx, name, args),
        "copy" => copy(cx, args),
        _ => return None,
    })
}

/// Binds the arguments or bails out to CPython, which gives NumPy's own error.
pub fn bind<const N: usize>(
    cx: &mut FnLower<'_>,
    function: &str,
    args: &Args,
    names: [&str; N],
) -> Res<[Option<Val>; N]> {
    args.bind(names).map_err(|unknown| match unknown.as_str() {
        "" => cx.unsupported(
            Why::Argument,
            format!("numpy.{function} with {} arguments", args.pos.len()),
        ),
        key => wrong_keyword(cx, function, key, &names),
    })
}

/// A keyword that the catalog's signature lacks: CPython's business, unless no function of
/// NumPy has a keyword of that name.
pub fn wrong_keyword(cx: &mut FnLower<'_>, function: &str, key: &str, known: &[&str]) -> crate::lower::Bail {
    if super::names::is_keyword(key) {
        return cx.unsupported(Why::Argument, format!("argument '{key}' of numpy.{function}"));
    }
    let name = function.rsplit('.').next().unwrap_or(function);
    let help = nearest(key, known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let message = format!("{name}() got an unexpected keyword argument '{key}'");
    cx.wrong_arguments(message, help)
}

/// A dtype argument; `default` when it is missing or None.
pub fn dtype_arg(cx: &FnLower<'_>, val: &Option<Val>, default: DType) -> Res<DType> {
    match val {
        None => Ok(default),
        Some(v) if v.is_none() => Ok(default),
        Some(v) => dtype_of(v).ok_or_else(|| cx.unsupported(Why::DType, "a dtype that is not compiled")),
    }
}

/// A shape argument as one i64 value per dimension.
pub fn shape_arg(cx: &mut FnLower<'_>, val: &Val) -> Res<Vec<ir::Value>> {
    let dims = match &val.ty {
        Ty::Int | Ty::Bool | Ty::Np(DType::I32 | DType::I64) => vec![val.clone()],
        _ => match val.elements() {
            Some(elems) => elems,
            None => return Err(cx.unsupported(Why::Argument, "a shape whose length is not known at compile time")),
        },
    };
    if dims.len() > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    dims.iter().map(|d| cx.to_index(d)).collect()
}

/// An allocation of a shape.
pub fn alloc(cx: &mut FnLower<'_>, rt: Rt, dtype: DType, shape: Vec<ir::Value>) -> Val {
    let ty = Ty::Array(dtype, shape.len() as u8);
    cx.rt(rt, vec![Arg::Imm(dtype as i64), Arg::Slots(shape)], ty)
}

/// An allocation like an array: of its shape, its axes in memory as that array's.
pub fn alloc_like(cx: &mut FnLower<'_>, rt: Rt, dtype: DType, prototype: &Val, ndim: u8) -> Val {
    let args = vec![Arg::Imm(dtype as i64), Arg::Value(prototype.value())];
    cx.rt(rt, args, Ty::Array(dtype, ndim))
}

fn shaped(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [shape, dtype, order] = bind(cx, name, args, ["shape", "dtype", "order"])?;
    if order.as_ref().is_some_and(|o| o.const_str() != Some("C")) {
        return Err(cx.unsupported(Why::Argument, format!("argument 'order' of numpy.{name}")));
    }
    let dtype = dtype_arg(cx, &dtype, DType::F64)?;
    let Some(shape) = shape else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without a shape")));
    };
    let shape = shape_arg(cx, &shape)?;
    filled(cx, name, dtype, shape, None)
}

/// An array of a shape by the function's name; `full` takes the value.
fn filled(cx: &mut FnLower<'_>, name: &str, dtype: DType, shape: Vec<ir::Value>, value: Option<&Val>) -> Res {
    match name {
        "zeros" => Ok(alloc(cx, Rt::ArrayZeros, dtype, shape)),
        "empty" => Ok(alloc(cx, Rt::ArrayEmpty, dtype, shape)),
        _ => {
            let array = alloc(cx, Rt::ArrayEmpty, dtype, shape);
            fill(cx, array, dtype, value)
        }
    }
}

/// The array, filled with the value or with ones.
fn fill(cx: &mut FnLower<'_>, array: Val, dtype: DType, value: Option<&Val>) -> Res {
    match value {
        Some(value) => super::index::assign(cx, &array, value)?,
        None => fill_number(cx, &array, 1, dtype),
    }
    Ok(array)
}

fn fill_number(cx: &mut FnLower<'_>, array: &Val, number: i64, dtype: DType) {
    let mut body = ir::Body::default();
    let value = const_number(&mut body, number, dtype);
    body.results.push(value);
    let mode = LaunchMode::Into {
        dst: array.value(),
        in_place: false,
    };
    let inst = ir::Inst::Map {
        body,
        inputs: Vec::new(),
        mode,
        checks: Vec::new(),
    };
    cx.b.push(inst, &[]);
}

fn full(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [shape, value, dtype, _order] = bind(cx, "full", args, ["shape", "fill_value", "dtype", "order"])?;
    let (Some(shape), Some(value)) = (shape, value) else {
        return Err(cx.unsupported(Why::Argument, "numpy.full without shape and value"));
    };
    let value = cx.operand(&value)?;
    let default = value.ty.dtype().unwrap_or(DType::F64);
    let dtype = dtype_arg(cx, &dtype, default)?;
    let shape = shape_arg(cx, &shape)?;
    filled(cx, "full", dtype, shape, Some(&value))
}

fn like(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let kind = name.trim_end_matches("_like");
    let (prototype, value, dtype) = if kind == "full" {
        let [a, v, d] = bind(cx, name, args, ["a", "fill_value", "dtype"])?;
        (a, v, d)
    } else {
        let [a, d] = bind(cx, name, args, ["a", "dtype"])?;
        (a, None, d)
    };
    let Some(prototype) = prototype else {
        return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an array")));
    };
    let prototype = as_array(cx, &prototype, None)?;
    let Ty::Array(from, ndim) = prototype.ty else {
        return Err(cx.unsupported(Why::Mixed, "not an array"));
    };
    let dtype = dtype_arg(cx, &dtype, from)?;
    let value = match value {
        Some(v) => Some(cx.operand(&v)?),
        None => None,
    };
    if ndim < 2 {
        let shape = dims(cx, &prototype, ndim);
        return filled(cx, kind, dtype, shape, value.as_ref());
    }
    match kind {
        "zeros" => Ok(alloc_like(cx, Rt::ArrayZerosLike, dtype, &prototype, ndim)),
        _ => {
            let array = alloc_like(cx, Rt::ArrayEmptyLike, dtype, &prototype, ndim);
            match kind {
                "empty" => Ok(array),
                _ => fill(cx, array, dtype, value.as_ref()),
            }
        }
    }
}

/// The extents of an array.
pub fn dims(cx: &mut FnLower<'_>, array: &Val, ndim: u8) -> Vec<ir::Value> {
    (0..ndim)
        .map(|axis| {
            let inst = ir::Inst::Dim {
                array: array.value(),
                axis,
            };
            cx.b.push1(inst, ir::Ty::I64)
        })
        .collect()
}

/// A scalar as a 0-d array.
pub fn zero_dim(cx: &mut FnLower<'_>, value: ir::Value, dtype: DType) -> Val {
    let args = vec![Arg::Imm(dtype as i64), Arg::Slots(Vec::new()), Arg::Slots(vec![value])];
    cx.rt(Rt::ArrayFromSlots, args, Ty::Array(dtype, 0))
}

fn array(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let [object, dtype, copy] = bind(cx, name, args, ["object", "dtype", "copy"])?;
    let object = match object.or_else(|| args.kw("a").cloned()) {
        Some(object) => object,
        None => return Err(cx.unsupported(Why::Argument, format!("numpy.{name} without an object"))),
    };
    let wanted = match &dtype {
        Some(v) if !v.is_none() => Some(dtype_arg(cx, &dtype, DType::F64)?),
        _ => None,
    };
    let always_copies = name == "array" && copy.is_none_or(|c| c.const_bool() != Some(false));
    let result = as_array(cx, &object, wanted)?;
    let is_same = result.vals == object.vals;
    match name {
        "ascontiguousarray" => {
            // Itself where its elements lie in C order, else a copy.
            let Ty::Array(_, ndim) = result.ty else {
                return Err(cx.unsupported(Why::Mixed, "not an array"));
            };
            let shape = dims(cx, &result, ndim);
            let flat = super::shape::ravel(cx, &result)?;
            match ndim {
                0 | 1 => Ok(flat),
                _ => Ok(super::shape::reshape_to(cx, &flat, shape)),
            }
        }
        _ if always_copies && is_same => Ok(copy_of(cx, &result, 1)),
        _ => Ok(result),
    }
}

/// A copy in C order (0) or keeping the order (1).
pub fn copy_of(cx: &mut FnLower<'_>, array: &Val, order: i64) -> Val {
    cx.rt(
        Rt::Copy,
        vec![Arg::Value(array.value()), Arg::Imm(order)],
        array.ty.clone(),
    )
}

fn copy(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [a] = bind(cx, "copy", args, ["a"])?;
    let Some(a) = a else {
        return Err(cx.unsupported(Why::Argument, "numpy.copy without an array"));
    };
    let array = as_array(cx, &a, None)?;
    Ok(copy_of(cx, &array, 1))
}

/// `numpy.asarray`: arrays as they are, scalars as 0-d arrays, nested sequences converted.
pub fn as_array(cx: &mut FnLower<'_>, val: &Val, dtype: Option<DType>) -> Res {
    match &val.ty {
        Ty::Array(from, _) => match dtype {
            Some(to) if to != *from => cx.astype_any(val, to),
            _ => Ok(val.clone()),
        },
        Ty::List(elem) if !val.is_list_lit() => list_array(cx, val, elem.as_ref().clone(), dtype),
        Ty::Range => {
            let parts = val.vals.clone();
            let args = parts.into_iter().map(Arg::Value).chain([Arg::Imm(DType::I64 as i64)]);
            let mut args: Vec<Arg> = args.collect();
            args.rotate_right(1);
            let array = cx.rt(Rt::ArangeInt, args, Ty::Array(DType::I64, 1));
            as_array(cx, &array, dtype)
        }
        Ty::List(_) | Ty::Tuple(_) => literal(cx, val, dtype),
        _ if val.ty.is_scalar() => {
            let own = val.ty.scalar_dtype().unwrap_or(DType::F64);
            let dtype = dtype.unwrap_or(own);
            let value = cx.scalar_as(val, dtype)?;
            Ok(zero_dim(cx, value, dtype))
        }
        other => Err(cx.unsupported(Why::DType, format!("an array of '{}'", other.python_name()))),
    }
}

/// An array from a list that exists at run time.
fn list_array(cx: &mut FnLower<'_>, val: &Val, elem: Ty, dtype: Option<DType>) -> Res {
    let mut leaf = elem;
    let mut ndim = 1u8;
    loop {
        match leaf {
            Ty::List(inner) => {
                leaf = *inner;
                ndim += 1;
            }
            Ty::Array(from, n) => {
                leaf = Ty::Np(from);
                ndim += n;
                break;
            }
            Ty::Tuple(parts) => {
                let Some(own) = parts
                    .iter()
                    .map(Ty::scalar_dtype)
                    .reduce(|a, b| Some(promote(a?, b?)))
                    .flatten()
                else {
                    return Err(cx.unsupported(Why::DType, "an array of tuples of unlike things"));
                };
                // Elements convert one by one, which only equal types survive unchanged.
                if parts.iter().any(|p| p.scalar_dtype() != Some(own)) {
                    return Err(cx.unsupported(Why::DType, "an array of tuples of unlike numbers"));
                }
                leaf = Ty::Np(own);
                ndim += 1;
                break;
            }
            _ => break,
        }
    }
    let from = match (leaf.scalar_dtype(), &leaf) {
        (Some(from), _) => from,
        (None, Ty::Bottom) => DType::F64,
        _ => return Err(cx.unsupported(Why::DType, "an array of something else than numbers")),
    };
    if ndim as usize > lnp_abi::MAX_NDIM {
        return Err(cx.unsupported(Why::DType, "more than eight dimensions"));
    }
    let args = vec![Arg::Imm(from as i64), Arg::Imm(ndim as i64), Arg::Value(val.value())];
    let array = cx.rt(Rt::ArrayFromList, args, Ty::Array(from, ndim));
    as_array(cx, &array, dtype)
}

/// An array from a display: nested lists and tuples whose shape is known now.
fn literal(cx: &mut FnLower<'_>, val: &Val, dtype: Option<DType>) -> Res {
    let mut shape = Vec::new();
    let mut leaves = Vec::new();
    if !flatten(val, 0, &mut shape, &mut leaves) {
        return Err(cx.unsupported(Why::Mixed, "an array of rows of unlike lengths or kinds"));
    }
    if leaves.iter().any(|l| l.ty.is_array() || matches!(l.ty, Ty::List(_))) {
        return stack_leaves(cx, val, dtype);
    }
    let own = if leaves.is_empty() {
        DType::F64
    } else if leaves.iter().all(|l| l.ty.is_scalar()) {
        // Here Python's numbers are as strong as NumPy's.
        let Some(own) = leaves.iter().filter_map(|l| l.ty.scalar_dtype()).reduce(promote) else {
            return Err(cx.unsupported(Why::DType, "an array of something else than numbers"));
        };
        own
    } else {
        return Err(cx.unsupported(Why::DType, "an array of something else than numbers"));
    };
    let to = dtype.unwrap_or(own);
    let mut values = Vec::new();
    for leaf in &leaves {
        values.push(cx.scalar_as(leaf, to)?);
    }
    let extents: Vec<i64> = shape.iter().map(|&n| n as i64).collect();
    let ty = Ty::Array(to, extents.len() as u8);
    let args = vec![Arg::Imm(to as i64), Arg::ImmSlots(extents), Arg::Slots(values)];
    Ok(cx.rt(Rt::ArrayFromSlots, args, ty))
}

/// A display whose leaves are arrays or lists: stacked along a new first axis.
fn stack_leaves(cx: &mut FnLower<'_>, val: &Val, dtype: Option<DType>) -> Res {
    let mut parts = Vec::new();
    for elem in val.elements().unwrap_or_default() {
        parts.push(as_array(cx, &elem, dtype)?);
    }
    let common = common_dtype(cx, &parts)?;
    let mismatch = format!(
        "setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions. The \
         detected shape was ({},) + inhomogeneous part.",
        parts.len()
    );
    super::join::stack(cx, &parts, 0, common, &mismatch, 0)
}

/// Collects the leaves in C order; false when the nesting is not rectangular.
fn flatten(val: &Val, depth: usize, shape: &mut Vec<usize>, leaves: &mut Vec<Val>) -> bool {
    let is_sequence = matches!(val.ty, Ty::Tuple(_)) || val.is_list_lit();
    match val.elements() {
        Some(elems) if is_sequence => {
            if shape.len() == depth {
                if !leaves.is_empty() {
                    return false;
                }
                shape.push(elems.len());
            }
            shape[depth] == elems.len() && elems.iter().all(|e| flatten(e, depth + 1, shape, leaves))
        }
        _ => {
            leaves.push(val.clone());
            shape.len() == depth
        }
    }
}

impl<'a> FnLower<'a> {
    /// A copy cast to a dtype, also of a 0-d array.
    pub fn astype_any(&mut self, val: &Val, dtype: DType) -> Res {
        match val.ty {
            Ty::Array(from, 0) => {
                let scalar = self.item(val, from);
                let value = self.b.cast(scalar.value(), dtype);
                Ok(zero_dim(self, value, dtype))
            }
            _ => self.astype(val, dtype),
        }
    }
}
