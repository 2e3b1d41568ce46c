//! `min`, `max`, `sum`, `any`, `all`, `sorted` over what can be iterated.

use crate::DType;
use crate::diag::Why;
use crate::lower::emit::arg;
use crate::lower::{FnLower, Res};
use crate::numpy;
use crate::ops::{BinOp, CmpOp};
use crate::types::Ty;
use crate::val::{Args, Val};
use lnp_ir::{Arg, Rt};

pub fn call(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    let Some(first) = args.pos.first() else {
        return Err(cx.unsupported(Why::Argument, format!("this call of '{name}'")));
    };
    if first.ty == Ty::Obj {
        return Err(cx.unsupported(Why::Object, format!("'{name}' of a CPython object")));
    }
    if first.ty.is_array()
        && args.kw.is_empty()
        && args.pos.len() == 1
        && let Some(result) = numpy::builtin(cx, name, args)
    {
        return result;
    }
    match name {
        "min" | "max" => extreme(cx, name, args),
        "sum" => sum(cx, args),
        "any" | "all" => quantifier(cx, name == "any", first),
        _ => sorted(cx, args),
    }
}

fn extreme(cx: &mut FnLower<'_>, name: &str, args: &Args) -> Res {
    if args.kw.iter().any(|(n, _)| n != "default") {
        return Err(cx.unsupported(Why::Argument, format!("a keyword of '{name}'")));
    }
    let op = if name == "min" { CmpOp::Lt } else { CmpOp::Gt };
    if args.pos.len() > 1 {
        let mut best = args.pos[0].clone();
        for val in &args.pos[1..] {
            best = better(cx, op, &best, val)?;
        }
        return Ok(best);
    }
    let subject = &args.pos[0];
    if let Some(elems) = cx.static_elements(subject).filter(|e| !e.is_empty() && e.len() <= 8) {
        let mut best = elems[0].clone();
        for val in &elems[1..] {
            best = better(cx, op, &best, val)?;
        }
        return Ok(best);
    }
    let subject = match subject.ty.is_iterator() {
        true => cx.to_list(subject)?,
        false => cx.materialize(subject)?,
    };
    let iter = cx.iter(&subject)?;
    let len = cx.iter_len(&iter);
    let zero = cx.b.i64(0);
    let empty = cx.b.scalar(lnp_ir::ScalarOp::Eq, &[len, zero]);
    let text = format!("{name}() arg is an empty sequence");
    let found = |cx: &mut FnLower<'_>| {
        let first = cx.iter_get(&iter, zero)?;
        cx.fold(&subject, &first, &mut |cx, best, val| better(cx, op, best, val))
    };
    match args.kw("default") {
        Some(default) => cx.choose(empty, |_| Ok(default.clone()), found),
        None => {
            cx.raise_if(empty, lnp_abi::ExceptionKind::ValueError, &text);
            found(cx)
        }
    }
}

/// `val` where it beats `best`, as CPython's loop decides it.
fn better(cx: &mut FnLower<'_>, op: CmpOp, best: &Val, val: &Val) -> Res {
    let (best, val) = (cx.materialize(best)?, cx.materialize(val)?);
    let beats = cx.compare(op, &val, &best)?;
    if let Some(known) = cx.known_truth(&beats) {
        return Ok(if known { val } else { best });
    }
    let beats = cx.truth(&beats)?;
    // One type and no work on either side: no branch.
    if best.ty == val.ty && best.ty.is_scalar() && best.ty.dtype() != Some(DType::C128) {
        let args = [beats, val.value(), best.value()];
        return Ok(Val::one(best.ty.clone(), cx.b.scalar(lnp_ir::ScalarOp::Select, &args)));
    }
    cx.choose(beats, |_| Ok(val), |_| Ok(best))
}

fn sum(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let subject = &args.pos[0];
    let start = args.pos.get(1).or(args.kw("start")).cloned();
    if args.kw.iter().any(|(n, _)| n != "start") {
        return Err(cx.unsupported(Why::Argument, "a keyword of 'sum'"));
    }
    let start = match start {
        Some(start) => start,
        None => cx.int(0),
    };
    if let Some(elems) = cx.static_elements(subject).filter(|e| e.len() <= 8) {
        let mut total = start;
        for val in &elems {
            total = cx.binary(BinOp::Add, &total, val)?;
        }
        return Ok(total);
    }
    let list = match &subject.ty {
        Ty::Tuple(_) => {
            let elems = subject.elements().unwrap_or_default();
            cx.make_list(&elems)?
        }
        _ => cx.materialize(subject)?,
    };
    // An empty list gives the start as it is; else a float sum is a float from its start.
    if list.ty == Ty::list(Ty::Float) && matches!(start.ty, Ty::Int | Ty::Float) {
        let iter = cx.iter(&list)?;
        let len = cx.iter_len(&iter);
        let zero = cx.b.i64(0);
        let empty = cx.b.scalar(lnp_ir::ScalarOp::Eq, &[len, zero]);
        return cx.choose(
            empty,
            |_| Ok(start.clone()),
            |cx| {
                let first = Val::one(Ty::Float, cx.to_dtype(&start, DType::F64)?);
                cx.fold(&list, &first, &mut |cx, total, val| cx.binary(BinOp::Add, total, val))
            },
        );
    }
    cx.fold(&list, &start, &mut |cx, total, val| cx.binary(BinOp::Add, total, val))
}

fn quantifier(cx: &mut FnLower<'_>, is_any: bool, subject: &Val) -> Res {
    let first = cx.bool(!is_any);
    let subject = match &subject.ty {
        Ty::Tuple(_) => {
            let elems = subject.elements().unwrap_or_default();
            cx.make_list(&elems)?
        }
        _ => cx.materialize(subject)?,
    };
    let op = if is_any { BinOp::Or } else { BinOp::And };
    cx.fold(&subject, &first, &mut |cx, so_far, val| {
        let truth = cx.truth(val)?;
        cx.binary(op, so_far, &Val::one(Ty::Bool, truth))
    })
}

fn sorted(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let mut reverse = cx.bool(false);
    for (name, val) in &args.kw {
        match (name.as_str(), &val.ty) {
            ("reverse", _) => reverse = val.clone(),
            ("key", Ty::None) => {}
            _ => return Err(cx.unsupported(Why::Argument, format!("the argument '{name}' of sorted"))),
        }
    }
    let list = cx.to_list(&args.pos[0])?;
    if !sortable(&list.ty) {
        return Err(cx.unsupported(Why::Mixed, "sorting these values"));
    }
    let reverse = cx.truth(&reverse)?;
    cx.b.call_rt_unit(Rt::ListSort, vec![arg(&list), Arg::Value(reverse)]);
    Ok(list)
}

/// Lists that the runtime sorts.
pub fn sortable(ty: &Ty) -> bool {
    fn ordered(ty: &Ty) -> bool {
        match ty {
            Ty::Tuple(parts) => parts.iter().all(ordered),
            Ty::Union(parts) => parts.iter().all(ordered),
            Ty::Complex | Ty::Np(DType::C128) => false,
            other => other.is_scalar() || matches!(other, Ty::Str | Ty::Bottom),
        }
    }
    matches!(ty, Ty::List(elem) if ordered(elem))
}
