//! Methods of strings, lists, tuples and numbers.

use super::aggregate::sortable;
use crate::DType;
use crate::diag::{Problem, Why, nearest};
use crate::lower::emit::arg;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use lnp_abi::{ExceptionKind, StrMethod, StrResult};
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};

const LIST: &str = "append clear copy count extend index insert pop remove reverse sort";
const TUPLE: &str = "count index";
const STR: &str = "capitalize casefold center count encode endswith expandtabs find format format_map index isalnum \
isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower \
lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split \
splitlines startswith strip swapcase title translate upper zfill";
const INT: &str = "as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes \
is_integer";
const FLOAT: &str = "as_integer_ratio conjugate fromhex hex imag is_integer real";
const COMPLEX: &str = "conjugate imag real";
const RANGE: &str = "count index start step stop";

fn names_of(ty: &Ty) -> &'static str {
    match ty {
        Ty::List(_) => LIST,
        Ty::Tuple(_) => TUPLE,
        Ty::Str => STR,
        Ty::Int | Ty::Bool => INT,
        Ty::Float => FLOAT,
        Ty::Complex => COMPLEX,
        Ty::Range => RANGE,
        _ => "",
    }
}

/// A method that is not called at once, or an attribute that does not exist.
pub fn attribute(cx: &mut FnLower<'_>, recv: &Val, name: &str) -> Res {
    check(cx, recv, name)?;
    if name.starts_with("__") {
        // `__class__`, `__doc__`: most are no methods.
        return Err(cx.unsupported(Why::Expression, format!("the attribute '{name}'")));
    }
    let ty = Ty::Method(Box::new(recv.ty.clone()), name.into());
    Ok(Val::new(ty, recv.vals.clone()))
}

/// The error of a name that the type lacks.
fn check(cx: &mut FnLower<'_>, recv: &Val, name: &str) -> Res<()> {
    let known = names_of(&recv.ty);
    if known.split_whitespace().any(|n| n == name) || name.starts_with("__") {
        return Ok(());
    }
    if recv.ty == Ty::None || known.is_empty() || !cx.is_certain() {
        // May be a branch that is never taken: an error of the run.
        let text = format!("'{}' object has no attribute '{name}'", recv.ty.python_name());
        return Err(cx.raise(ExceptionKind::AttributeError, &text));
    }
    let help = nearest(name, known.split_whitespace()).map(|n| format!("did you mean `{n}`?"));
    let problem = Problem::NoAttribute {
        ty: recv.ty.python_name(),
        name: name.to_owned(),
    };
    Err(cx.error(problem, help))
}

pub fn call(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Res {
    check(cx, recv, name)?;
    match &recv.ty {
        Ty::List(_) => list(cx, recv, name, args),
        Ty::Str => string(cx, recv, name, args),
        Ty::Tuple(_) => tuple(cx, recv, name, args),
        Ty::Complex | Ty::Float | Ty::Int if name == "conjugate" && args.pos.is_empty() => match recv.ty {
            Ty::Complex => Ok(Val::one(Ty::Complex, cx.b.scalar(ScalarOp::Conj, &[recv.value()]))),
            _ => Ok(recv.clone()),
        },
        Ty::Float if name == "is_integer" => {
            let whole = cx.b.scalar(ScalarOp::Floor, &[recv.value()]);
            let same = cx.b.scalar(ScalarOp::Eq, &[whole, recv.value()]);
            let finite = cx.b.scalar(ScalarOp::IsFinite, &[recv.value()]);
            Ok(Val::one(Ty::Bool, cx.b.scalar(ScalarOp::And, &[same, finite])))
        }
        _ => Err(cx.unsupported(Why::Function, format!("the method '{name}'"))),
    }
}

fn list(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Res {
    let Ty::List(elem) = &recv.ty else {
        return Err(cx.unsupported(Why::Mixed, "not a list"));
    };
    let empty = **elem == Ty::Bottom;
    match (name, &args.pos[..]) {
        ("append", [val]) => cx.append(recv, val).map(|()| Val::none()),
        ("extend", [other]) => cx.list_extend(recv, other).map(|_| Val::none()),
        ("insert", [at, val]) => {
            let at = cx.to_index(at)?;
            cx.list_insert(recv, at, val).map(|()| Val::none())
        }
        ("pop", rest) if rest.len() <= 1 => {
            if empty {
                return Err(cx.raise(ExceptionKind::IndexError, "pop from empty list"));
            }
            let len = cx.sequence_len(recv);
            let zero = cx.b.i64(0);
            let is_empty = cx.b.scalar(ScalarOp::Eq, &[len, zero]);
            cx.raise_if(is_empty, ExceptionKind::IndexError, "pop from empty list");
            let at = match rest {
                [at] => cx.to_index(at)?,
                _ => cx.b.i64(-1),
            };
            if !rest.is_empty() {
                let low = cx.b.scalar(ScalarOp::Neg, &[len]);
                let under = cx.b.scalar(ScalarOp::Lt, &[at, low]);
                let over = cx.b.scalar(ScalarOp::Ge, &[at, len]);
                let bad = cx.b.scalar(ScalarOp::Or, &[under, over]);
                cx.raise_if(bad, ExceptionKind::IndexError, "pop index out of range");
            }
            let val = cx.list_element(recv, at)?;
            cx.list_delete(recv, at);
            Ok(val)
        }
        ("reverse", []) => Ok(cx.rt_unit(Rt::ListReverse, vec![arg(recv)])),
        ("copy", []) => cx.to_list(recv),
        ("clear", []) => Err(cx.unsupported(Why::Function, "'clear' of a list")),
        ("sort", []) if sortable(&recv.ty) => {
            let mut reverse = cx.bool(false);
            for (name, val) in &args.kw {
                match (name.as_str(), &val.ty) {
                    ("reverse", _) => reverse = val.clone(),
                    ("key", Ty::None) => {}
                    _ => return Err(cx.unsupported(Why::Argument, format!("the argument '{name}' of sort"))),
                }
            }
            let reverse = cx.truth(&reverse)?;
            Ok(cx.rt_unit(Rt::ListSort, vec![arg(recv), Arg::Value(reverse)]))
        }
        ("index" | "remove", [val]) if args.kw.is_empty() => {
            let at = find(cx, recv, val)?;
            let zero = cx.b.i64(0);
            let missing = cx.b.scalar(ScalarOp::Lt, &[at, zero]);
            if name == "remove" {
                cx.raise_if(missing, ExceptionKind::ValueError, "list.remove(x): x not in list");
                cx.list_delete(recv, at);
                return Ok(Val::none());
            }
            let (bad, good) = (cx.b.func.new_block(), cx.b.func.new_block());
            cx.b.branch(missing, bad, good);
            cx.b.switch_to(bad);
            let (text, tail) = (cx.to_repr(val)?, cx.str(" is not in list"));
            let message = cx.concat(&[text, tail]);
            let _ = cx.raise_value(ExceptionKind::ValueError, message.value());
            cx.b.switch_to(good);
            Ok(Val::one(Ty::Int, at).with_konst(Konst::NonNegative))
        }
        ("count", [val]) => {
            let zero = cx.int(0);
            cx.fold(recv, &zero, &mut |cx, n, elem| {
                let same = cx.elements_equal(elem, val)?;
                let same = cx.truth(&same)?;
                let one = cx.b.cast(same, DType::I64);
                Ok(Val::one(Ty::Int, cx.b.scalar(ScalarOp::Add, &[n.value(), one])))
            })
        }
        _ => Err(cx.unsupported(Why::Function, format!("this call of the method '{name}'"))),
    }
}

fn find(cx: &mut FnLower<'_>, list: &Val, val: &Val) -> Res<ir::Value> {
    match &list.ty {
        Ty::List(elem) if **elem == val.ty => {
            let slots = val.vals.clone();
            Ok(cx
                .b
                .call_rt(Rt::ListFind, vec![arg(list), Arg::Slots(slots)], ir::Ty::I64))
        }
        Ty::List(elem) if **elem == Ty::Bottom => Ok(cx.b.i64(-1)),
        _ => Err(cx.unsupported(Why::Mixed, "looking for a value of another type in a list")),
    }
}

fn tuple(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Res {
    let elems = recv.elements().unwrap_or_default();
    let list = cx.make_list(&elems)?;
    match name {
        "count" => self::list(cx, &list, name, args),
        _ => Err(cx.unsupported(Why::Function, format!("the method '{name}' of a tuple"))),
    }
}

fn string(cx: &mut FnLower<'_>, recv: &Val, name: &str, args: &Args) -> Res {
    if name == "join" {
        return join(cx, recv, args);
    }
    if name == "format" {
        return str_format(cx, recv, args);
    }
    let Some(method) = StrMethod::from_name(name).filter(|m| !matches!(m, StrMethod::Chr | StrMethod::Ord)) else {
        return Err(cx.unsupported(Why::Function, format!("the method '{name}' of a string")));
    };
    let keyword = args.kw.first().map(|(n, _)| n.as_str());
    let allowed: &[&str] = match method {
        StrMethod::Split | StrMethod::Rsplit => &["sep", "maxsplit"],
        StrMethod::Splitlines => &["keepends"],
        StrMethod::Expandtabs => &["tabsize"],
        _ => &[],
    };
    if args.kw.iter().any(|(n, _)| !allowed.contains(&n.as_str())) {
        return Err(cx.unsupported(
            Why::Argument,
            format!("the argument '{}' of '{name}'", keyword.unwrap_or("")),
        ));
    }
    let (_, most) = method.n_str_args();
    let mut strings = Vec::new();
    let mut number = None;
    let affixes = matches!(method, StrMethod::Startswith | StrMethod::Endswith);
    let all = args
        .pos
        .iter()
        .map(|v| ("", v))
        .chain(args.kw.iter().map(|(n, v)| (n.as_str(), v)));
    for (_, val) in all {
        match &val.ty {
            Ty::Str if strings.len() < most => strings.push(val.value()),
            Ty::None
                if matches!(
                    method,
                    StrMethod::Split | StrMethod::Rsplit | StrMethod::Strip | StrMethod::Lstrip | StrMethod::Rstrip
                ) => {}
            Ty::Tuple(parts) if affixes && parts.iter().all(|p| *p == Ty::Str) => strings.extend(&val.vals),
            ty if crate::lower::is_integer(ty) && method.takes_int() && number.is_none() => {
                number = Some(cx.to_index(val)?);
            }
            _ => return Err(cx.unsupported(Why::Argument, format!("this call of '{name}'"))),
        }
    }
    let (least, _) = method.n_str_args();
    let number = match (number, method.default_int()) {
        (Some(number), _) => Arg::Value(number),
        (None, Some(default)) => Arg::Imm(default),
        (None, None) => return Err(cx.unsupported(Why::Argument, format!("this call of '{name}'"))),
    };
    if strings.len() < least {
        return Err(cx.unsupported(Why::Argument, format!("this call of '{name}'")));
    }
    let call = vec![Arg::Imm(method as i64), arg(recv), Arg::Slots(strings), number];
    Ok(match method.result() {
        StrResult::Str => cx.rt(Rt::StrMethodStr, call, Ty::Str),
        StrResult::Int => cx.rt(Rt::StrMethodI64, call, Ty::Int),
        StrResult::Bool => {
            let n = cx.b.call_rt(Rt::StrMethodI64, call, ir::Ty::I64);
            Val::one(Ty::Bool, cx.b.cast(n, DType::Bool))
        }
        StrResult::List => {
            let list = cx.rt(Rt::StrMethodList, call, Ty::list(Ty::Str));
            if !matches!(method, StrMethod::Partition | StrMethod::Rpartition) {
                return Ok(list);
            }
            let mut parts = Vec::new();
            for k in 0..3 {
                let at = cx.b.i64(k);
                parts.push(cx.list_element(&list, at)?);
            }
            Val::tuple(parts)
        }
    })
}

fn join(cx: &mut FnLower<'_>, sep: &Val, args: &Args) -> Res {
    let [parts] = &args.pos[..] else {
        return Err(cx.unsupported(Why::Argument, "this call of 'join'"));
    };
    let list = match &parts.ty {
        Ty::Obj => return Err(cx.unsupported(Why::Object, "'join' of a CPython object")),
        Ty::List(_) => cx.materialize(parts)?,
        _ => cx.to_list(parts)?,
    };
    match &list.ty {
        Ty::List(elem) if matches!(**elem, Ty::Str | Ty::Bottom) => {
            Ok(cx.rt(Rt::StrJoin, vec![arg(sep), arg(&list)], Ty::Str))
        }
        Ty::List(elem) if elem.is_scalar() => {
            let text = format!("sequence item 0: expected str instance, {} found", elem.python_name());
            Err(cx.type_error(text))
        }
        _ => Err(cx.unsupported(Why::Mixed, "'join' of these values")),
    }
}

/// `"{} {name:spec}".format(…)` with a constant, simple format string.
fn str_format(cx: &mut FnLower<'_>, recv: &Val, args: &Args) -> Res {
    let Some(format) = recv.const_str().map(str::to_owned) else {
        return Err(cx.unsupported(Why::Function, "'format' of a string that is not constant"));
    };
    let Some(pieces) = split_format(&format) else {
        return Err(cx.unsupported(Why::Function, "this format string"));
    };
    let mut parts = Vec::new();
    let mut next = 0;
    for piece in pieces {
        let (field, conversion, spec) = match piece {
            Piece::Text(text) => {
                parts.push(cx.str(&text));
                continue;
            }
            Piece::Field { name, conversion, spec } => (name, conversion, spec),
        };
        let val = if field.is_empty() {
            next += 1;
            args.pos.get(next - 1)
        } else if let Ok(k) = field.parse::<usize>() {
            args.pos.get(k)
        } else {
            args.kw(&field)
        };
        let Some(val) = val.cloned() else {
            return Err(cx.unsupported(Why::Function, "this format string"));
        };
        let val = match conversion {
            Some('r') => cx.to_repr(&val)?,
            Some('s') => cx.to_str(&val)?,
            Some(_) => return Err(cx.unsupported(Why::Function, "this format string")),
            None => val,
        };
        let spec = cx.str(&spec);
        parts.push(cx.format(&val, &spec)?);
    }
    Ok(cx.concat(&parts))
}

enum Piece {
    Text(String),
    Field {
        name: String,
        conversion: Option<char>,
        spec: String,
    },
}

/// The pieces of a format string; `None` for nested fields, attributes and errors.
fn split_format(format: &str) -> Option<Vec<Piece>> {
    let mut out = Vec::new();
    let mut text = String::new();
    let mut chars = format.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' | '}' if chars.peek() == Some(&c) => {
                chars.next();
                text.push(c);
            }
            '}' => return None,
            '{' => {
                let mut field = String::new();
                loop {
                    match chars.next()? {
                        '}' => break,
                        '{' => return None,
                        c => field.push(c),
                    }
                }
                let (head, spec) = match field.split_once(':') {
                    Some((head, spec)) => (head.to_owned(), spec.to_owned()),
                    None => (field, String::new()),
                };
                let (name, conversion) = match head.split_once('!') {
                    Some((name, conversion)) => (name.to_owned(), Some(conversion.chars().next()?)),
                    None => (head, None),
                };
                if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    return None;
                }
                if !text.is_empty() {
                    out.push(Piece::Text(std::mem::take(&mut text)));
                }
                out.push(Piece::Field { name, conversion, spec });
            }
            c => text.push(c),
        }
    }
    if !text.is_empty() {
        out.push(Piece::Text(text));
    }
    Some(out)
}
