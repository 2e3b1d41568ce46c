//! The catalog of NumPy: signatures, type rules and lowerings. The only place that knows
//! NumPy's names.
//!
//! A function that the catalog lacks gives `None` and runs in CPython. One file a family.

pub mod aliasing;
mod arrange;
mod attribute;
mod calculus;
pub mod create;
mod elementwise;
pub mod errstate;
mod gather;
mod grid;
mod index;
mod io;
mod join;
pub mod keywords;
mod linalg;
pub mod members;
mod names;
mod nan;
mod operator;
mod order;
mod parts;
mod print_options;
mod promote;
mod random;
mod reduce;
mod select;
mod shape;
mod triangle;
mod typed;
mod ufunc;
mod ufunc_method;

use crate::diag::{Problem, nearest};
use crate::lower::{FnLower, Res};
use crate::ops::{BinOp, CmpOp, UnaryOp};
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};
use aliasing::Write;

/// Calls the function or class `path` (`numpy.sin`, `numpy.float64`, `numpy.linalg.norm`);
/// `None` when the catalog does not have it (it then runs in CPython).
pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Option<Res> {
    let name = path.strip_prefix("numpy.")?;
    if name == "dtype" {
        let dtype = dtype_of(args.pos.first()?)?;
        return Some(Ok(Val::unit(Ty::DType(dtype))));
    }
    if is_scalar_class(name)
        && let Some(dtype) = dtype_of(&Val::builtin(path))
    {
        return attribute::scalar_class(cx, dtype, args);
    }
    ufunc::call(cx, name, args)
        .or_else(|| create::call(cx, name, args))
        .or_else(|| grid::call(cx, name, args))
        .or_else(|| reduce::call(cx, name, args))
        .or_else(|| shape::call(cx, name, args))
        .or_else(|| join::call(cx, name, args))
        .or_else(|| arrange::call(cx, name, args))
        .or_else(|| triangle::call(cx, name, args))
        .or_else(|| calculus::call(cx, name, args))
        .or_else(|| order::call(cx, name, args))
        .or_else(|| nan::call(cx, name, args))
        .or_else(|| select::call(cx, name, args))
        .or_else(|| parts::call(cx, name, args))
        .or_else(|| linalg::call(cx, name, args))
        .or_else(|| random::call(cx, name, args))
        .or_else(|| io::call(cx, name, args))
        .or_else(|| print_options::call(cx, name, args))
        .or_else(|| ufunc_method::call(cx, name, args))
        .or_else(|| typed::call(cx, name, args))
}

fn is_scalar_class(name: &str) -> bool {
    matches!(
        name,
        "bool"
            | "bool_"
            | "int32"
            | "intc"
            | "int64"
            | "int_"
            | "intp"
            | "longlong"
            | "float32"
            | "single"
            | "float64"
            | "double"
            | "complex128"
            | "cdouble"
    )
}

/// Calls a method of an array, a NumPy scalar, a dtype or a `Generator`.
pub fn method(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Option<Res> {
    attribute::method(cx, recv, name, args)
}

/// An attribute of an array, a NumPy scalar, a dtype or a `Generator` (`a.shape`, `a.T`).
/// Methods that `method` has give `Ty::Method`.
pub fn attribute(cx: &mut FnLower<'_>, recv: &Val, name: &str) -> Option<Res> {
    attribute::attribute(cx, recv, name)
}

/// An attribute of the module `numpy`, `numpy.random`, …: constants, functions, submodules.
/// `None`: NumPy has it, the catalog does not. A name that NumPy lacks is an error.
pub fn module_attribute(cx: &mut FnLower<'_>, module: &str, name: &str) -> Option<Res> {
    if module == "numpy" {
        match name {
            "pi" => return Some(Ok(cx.float(std::f64::consts::PI))),
            "e" => return Some(Ok(cx.float(std::f64::consts::E))),
            "inf" => return Some(Ok(cx.float(f64::INFINITY))),
            "nan" => return Some(Ok(cx.float(f64::NAN))),
            "euler_gamma" => return Some(Ok(cx.float(0.577_215_664_901_532_9))),
            "newaxis" => return Some(Ok(Val::none())),
            "random" | "linalg" | "fft" => return Some(Ok(Val::module(&format!("numpy.{name}")))),
            "True_" | "False_" => {
                let value = cx.b.bool(name == "True_");
                return Some(Ok(Val::one(Ty::Np(crate::DType::Bool), value)));
            }
            _ => {}
        }
    }
    if !names::has(module, name) && !cx.is_certain() {
        // May be a branch that is never taken: an error of the run.
        let text = format!("module '{module}' has no attribute '{name}'");
        return Some(Err(cx.raise(lnp_abi::ExceptionKind::AttributeError, &text)));
    }
    if !names::has(module, name) {
        let known = names::of(module).unwrap_or_default().split(' ');
        let help = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
        let problem = Problem::NoModuleAttribute {
            module: module.to_owned(),
            name: name.to_owned(),
        };
        return Some(Err(cx.error(problem, help)));
    }
    let is_function = name.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    let is_module = matches!(
        name,
        "lib"
            | "ma"
            | "polynomial"
            | "testing"
            | "typing"
            | "char"
            | "core"
            | "ctypeslib"
            | "dtypes"
            | "emath"
            | "exceptions"
            | "rec"
            | "strings"
            | "f2py"
            | "matlib"
            | "little_endian"
            | "mgrid"
            | "ogrid"
            | "r_"
            | "c_"
            | "s_"
            | "index_exp"
            | "typecodes"
            | "sctypeDict"
            | "bit_generator"
            | "mtrand"
    );
    (is_function && !is_module).then(|| Ok(Val::builtin(&format!("{module}.{name}"))))
}

/// `recv[index]` for an array or NumPy scalar.
pub fn subscript(cx: &mut FnLower<'_>, recv: &Val, index: &Val) -> Option<Res> {
    Some(index::load(cx, recv, index))
}

/// `recv[index] = value` for an array.
pub fn subscript_store(cx: &mut FnLower<'_>, recv: &Val, index: &Val, value: &Val) -> Option<Res<()>> {
    let writable = aliasing::check_write(cx, recv, Write::Assignment);
    Some(writable.and_then(|()| index::store(cx, recv, index, value)))
}

/// `recv[index] op= value` for an array, with the index evaluated once.
pub fn subscript_inplace(cx: &mut FnLower<'_>, op: BinOp, recv: &Val, index: &Val, value: &Val) -> Option<Res<()>> {
    Some(index::update(cx, op, recv, index, value))
}

/// `array.name = value`. Gives the array that the name stands for from now on: another one
/// where the assignment changes the shape. `None` where CPython has to do it.
pub fn set_attribute(cx: &mut FnLower<'_>, array: &Val, name: &str, value: &Val) -> Option<Res> {
    Some(match name {
        "shape" => shape::reshape(cx, array, value),
        "real" | "imag" => aliasing::check_write(cx, array, Write::Assignment)
            .and_then(|()| parts::assign(cx, array, name, value))
            .map(|()| array.clone()),
        "dtype" | "strides" => Err(cx.give_up(&format!("assigning to ndarray.{name}"))),
        _ => return None,
    })
}

/// `array.real[index] op= value` (or plain assignment) of a complex array: parts are views.
pub fn store_part(
    cx: &mut FnLower<'_>,
    array: &Val,
    name: &str,
    index: &Val,
    op: Option<BinOp>,
    value: &Val,
) -> Res<()> {
    aliasing::check_write(cx, array, Write::Assignment)?;
    index::store_part(cx, array, name, index, op, value)
}

/// `a op b` where one of them is an array or a NumPy scalar.
pub fn binary(cx: &mut FnLower<'_>, op: BinOp, a: &Val, b: &Val) -> Option<Res> {
    Some(operator::binary(cx, op, a, b))
}

/// `a op= b` where `a` is an array (in place) or one of them a NumPy scalar (as `binary`);
/// gives the new value of the variable.
pub fn inplace(cx: &mut FnLower<'_>, op: BinOp, a: &Val, b: &Val) -> Option<Res> {
    if a.ty.is_array()
        && let Err(bail) = aliasing::check_write(cx, a, Write::InPlace)
    {
        return Some(Err(bail));
    }
    Some(operator::inplace(cx, op, a, b))
}

/// `a < b` and the like where one of them is an array or a NumPy scalar.
pub fn compare(cx: &mut FnLower<'_>, op: CmpOp, a: &Val, b: &Val) -> Option<Res> {
    Some(operator::compare(cx, op, a, b))
}

/// `-a`, `+a`, `~a`, of an array or a NumPy scalar.
pub fn unary(cx: &mut FnLower<'_>, op: UnaryOp, a: &Val) -> Option<Res> {
    Some(operator::unary(cx, op, a))
}

/// `abs(a)`, `round(a, n)`, `bool(a)` (with the error for arrays of more than one element),
/// `int(a)`, `float(a)`, `complex(a)`, `len(a)`, `a in b`, `divmod(a, b)` of arrays and NumPy
/// scalars, by the built-in function's name (`contains` for `in`, container first).
pub fn builtin(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Option<Res> {
    attribute::builtin(cx, name, args)
}
