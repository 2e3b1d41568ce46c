//! The catalog of Python's builtins and of `math`, `sys` and `time`.

mod aggregate;
mod convert;
pub mod math;
pub mod methods;
mod print;
pub mod sys;

use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::numpy;
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{Arg, Rt};

/// Calls a builtin or a function of `math`, `sys`, `time`.
pub fn call(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Res {
    if let Some(name) = path.strip_prefix("math.") {
        return math::call(cx, name, args);
    }
    if path.starts_with("sys.") || path.starts_with("time.") {
        return sys::call(cx, path, args);
    }
    let first = args.pos.first().cloned();
    let (Some(first), true) = (&first, args.kw.is_empty()) else {
        return without_argument(cx, path, args);
    };
    // NumPy decides about its own values.
    let numpy_first = first.ty.is_numpy() || args.pos.get(1).is_some_and(|a| a.ty.is_numpy());
    let theirs = matches!(
        path,
        "abs" | "round" | "int" | "float" | "complex" | "bool" | "len" | "divmod" | "pow"
    );
    if numpy_first
        && theirs
        && let Some(result) = numpy::builtin(cx, path, args)
    {
        return result;
    }
    match path {
        "print" => print::print(cx, args),
        "len" => match &first.ty {
            Ty::Obj => {
                let n = cx.py_expr("len(_a)", &[("_a", first)])?;
                cx.typed(&n, &Ty::Int)
            }
            _ => cx.len_of(first),
        },
        "range" => cx.make_range(&args.pos),
        "int" | "float" | "bool" | "complex" | "str" | "repr" | "ascii" | "chr" | "ord" | "bin" | "hex" | "oct"
        | "format" => convert::call(cx, path, args),
        "abs" | "round" | "divmod" | "pow" => convert::number(cx, path, args),
        "min" | "max" | "sum" | "any" | "all" | "sorted" => aggregate::call(cx, path, args),
        "list" => match &first.ty {
            Ty::Obj => Err(cx.unsupported(Why::Object, "list() of a CPython object")),
            _ => cx.to_list(first),
        },
        "tuple" => match first.elements() {
            Some(elems) if !matches!(first.ty, Ty::Zip(_) | Ty::Slice(_)) => Ok(Val::tuple(elems)),
            _ => Err(cx.unsupported(Why::Mixed, "a tuple of unknown length")),
        },
        "enumerate" | "zip" | "reversed" => iterator(cx, path, args),
        "isinstance" => isinstance(cx, args),
        "type" if args.pos.len() == 1 => match class_of(&first.ty) {
            Some(path) => Ok(Val::builtin(path)),
            None => Err(cx.unsupported(Why::Function, "the type of this value")),
        },
        "callable" => match &first.ty {
            Ty::Func(_) | Ty::Builtin(_) | Ty::Method(..) => Ok(cx.bool(true)),
            Ty::Obj => Err(cx.unsupported(Why::Object, "callable() of a CPython object")),
            _ => Ok(cx.bool(false)),
        },
        "input" => {
            cx.check_input()?;
            let text = cx.to_str(first)?;
            Ok(cx.rt(Rt::Input, vec![Arg::Value(text.value())], Ty::Str))
        }
        "exit" | "quit" => sys::exit(cx, first),
        _ => Err(cx.unsupported(Why::Function, format!("'{path}'"))),
    }
}

impl FnLower<'_> {
    /// Where CPython reads standard input, it reads ahead: what is left is in its buffer.
    fn check_input(&self) -> Res<()> {
        match self.sess.source.contains("stdin") {
            true => Err(self.unsupported(Why::Function, "'input' of a program that uses sys.stdin")),
            false => Ok(()),
        }
    }
}

/// Calls without a positional argument, or with keywords.
fn without_argument(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Res {
    match path {
        "print" => print::print(cx, args),
        "sum" | "min" | "max" | "sorted" if !args.pos.is_empty() => aggregate::call(cx, path, args),
        "enumerate" | "zip" => iterator(cx, path, args),
        "round" | "int" if !args.kw.is_empty() => Err(cx.unsupported(Why::Argument, format!("a keyword of '{path}'"))),
        "exit" | "quit" => sys::exit(cx, &Val::none()),
        "input" => {
            cx.check_input()?;
            let empty = cx.str("");
            Ok(cx.rt(Rt::Input, vec![Arg::Value(empty.value())], Ty::Str))
        }
        "list" if args.kw.is_empty() => cx.make_list(&[]),
        "tuple" if args.kw.is_empty() => Ok(Val::tuple(vec![])),
        "int" if args.kw.is_empty() => Ok(cx.int(0)),
        "float" if args.kw.is_empty() => Ok(cx.float(0.0)),
        "bool" if args.kw.is_empty() => Ok(cx.bool(false)),
        "str" if args.kw.is_empty() => Ok(cx.str("")),
        "complex" if args.kw.is_empty() => Ok(cx.complex(0.0, 0.0)),
        _ => Err(cx.unsupported(Why::Function, format!("this call of '{path}'"))),
    }
}

fn iterator(cx: &mut FnLower<'_>, path: &str, args: &Args) -> Res {
    let mut parts = Vec::new();
    for val in &args.pos {
        if val.ty == Ty::Obj || matches!(val.ty, Ty::Union(_)) {
            return Err(cx.unsupported(Why::Object, format!("'{path}' of a CPython object")));
        }
        let val = match &val.ty {
            Ty::Tuple(_) => {
                let elems = val.elements().unwrap_or_default();
                cx.make_list(&elems)?
            }
            _ => cx.materialize(val)?,
        };
        parts.push(val);
    }
    match (path, &parts[..]) {
        ("zip", _) if args.kw.is_empty() => {
            let whole = Val::tuple(parts);
            let Ty::Tuple(tys) = whole.ty else {
                return Err(cx.unsupported(Why::Function, "'zip'"));
            };
            Ok(Val {
                ty: Ty::Zip(tys),
                ..whole
            })
        }
        ("reversed", [inner]) => Ok(Val {
            ty: Ty::Reversed(Box::new(inner.ty.clone())),
            ..inner.clone()
        }),
        ("enumerate", [inner, rest @ ..]) => {
            let start = match (rest.first(), args.kw("start")) {
                (Some(start), _) | (None, Some(start)) => cx.to_index(start)?,
                (None, None) => cx.b.i64(0),
            };
            let mut vals = vec![start];
            vals.extend(&inner.vals);
            Ok(Val {
                ty: Ty::Enumerate(Box::new(inner.ty.clone())),
                vals,
                konst: inner.konst.clone(),
            })
        }
        _ => Err(cx.unsupported(Why::Function, format!("this call of '{path}'"))),
    }
}

/// The class of values of a type, as a catalog path.
pub fn class_of(ty: &Ty) -> Option<&'static str> {
    use crate::DType;
    Some(match ty {
        Ty::Bool => "bool",
        Ty::Int => "int",
        Ty::Float => "float",
        Ty::Complex => "complex",
        Ty::Str => "str",
        Ty::Tuple(_) => "tuple",
        Ty::List(_) => "list",
        Ty::Range => "range",
        Ty::Slice(_) => "slice",
        Ty::Array(..) => "numpy.ndarray",
        Ty::Np(DType::Bool) => "numpy.bool",
        Ty::Np(DType::I32) => "numpy.int32",
        Ty::Np(DType::I64) => "numpy.int64",
        Ty::Np(DType::F32) => "numpy.float32",
        Ty::Np(DType::F64) => "numpy.float64",
        Ty::Np(DType::C128) => "numpy.complex128",
        _ => return None,
    })
}

pub fn is_class(path: &str) -> bool {
    matches!(
        path,
        "bool" | "int" | "float" | "complex" | "str" | "tuple" | "list" | "range" | "dict" | "set" | "object"
    )
}

fn isinstance(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let [val, class] = &args.pos[..] else {
        return Err(cx.type_error(format!("isinstance expected 2 arguments, got {}", args.pos.len())));
    };
    let classes = class.elements().unwrap_or_else(|| vec![class.clone()]);
    let mut found = false;
    for class in &classes {
        let Ty::Builtin(path) = &class.ty else {
            return Err(cx.unsupported(Why::Function, "isinstance of this class"));
        };
        match is_instance(&val.ty, path) {
            Some(is) => found |= is,
            None => return Err(cx.unsupported(Why::Function, "isinstance of this class")),
        }
    }
    Ok(cx.bool(found))
}

fn is_instance(ty: &Ty, class: &str) -> Option<bool> {
    let own = match ty {
        Ty::None => "NoneType",
        Ty::Func(_) => "function",
        Ty::Rng => "numpy.random.Generator",
        other => class_of(other)?,
    };
    let abstract_bases: &[&str] = match ty {
        Ty::Bool => &["int"],
        Ty::Np(d) if d.is_float() => match d {
            crate::DType::F64 => &[
                "float",
                "numpy.floating",
                "numpy.number",
                "numpy.generic",
                "numpy.inexact",
            ],
            _ => &["numpy.floating", "numpy.number", "numpy.generic", "numpy.inexact"],
        },
        Ty::Np(d) if d.is_int() => &["numpy.integer", "numpy.number", "numpy.generic", "numpy.signedinteger"],
        Ty::Np(crate::DType::Bool) => &["numpy.bool_", "numpy.generic"],
        Ty::Np(_) => &[
            "complex",
            "numpy.complexfloating",
            "numpy.number",
            "numpy.generic",
            "numpy.inexact",
        ],
        _ => &[],
    };
    let known = is_class(class) || class.starts_with("numpy.");
    known.then(|| class == own || class == "object" || abstract_bases.contains(&class))
}

/// `module.name` for the modules here; `None` where it is not in the catalog.
pub fn module_attribute(cx: &mut FnLower<'_>, module: &str, name: &str) -> Option<Res> {
    match module {
        "math" => math::attribute(cx, name),
        "sys" | "time" => sys::attribute(cx, module, name),
        _ => None,
    }
}

/// Every name that CPython's module has.
pub fn module_names(module: &str) -> Vec<&'static str> {
    let names = match module {
        "math" => math::NAMES,
        "sys" => sys::SYS_NAMES,
        "time" => sys::TIME_NAMES,
        _ => "",
    };
    names.split_whitespace().collect()
}
