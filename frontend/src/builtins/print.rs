//! `print`.

use crate::diag::Why;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use lnp_ir::{Arg, Rt};

pub fn print(cx: &mut FnLower<'_>, args: &Args) -> Res {
    let mut sep = cx.str(" ");
    let mut end = cx.str("\n");
    let mut rt = Rt::Print;
    let mut flush = false;
    for (name, val) in &args.kw {
        match (name.as_str(), &val.ty) {
            ("sep" | "end", Ty::None) => {}
            ("sep", Ty::Str) => sep = val.clone(),
            ("end", Ty::Str) => end = val.clone(),
            ("flush", _) => flush = !matches!(val.konst, Some(Konst::Bool(false))) && val.ty != Ty::None,
            ("file", Ty::Builtin(path)) if &**path == "sys.stderr" => rt = Rt::PrintErr,
            ("file", Ty::Builtin(path)) if &**path == "sys.stdout" => {}
            ("file", Ty::None) => {}
            _ => return Err(cx.unsupported(Why::Argument, format!("the argument '{name}' of print"))),
        }
    }
    let mut parts = Vec::new();
    for (k, val) in args.pos.iter().enumerate() {
        if k > 0 {
            parts.push(sep.clone());
        }
        parts.push(cx.to_str(val)?);
    }
    parts.push(end);
    let text = cx.concat(&parts);
    cx.rt_unit(rt, vec![Arg::Value(text.value())]);
    if flush {
        cx.rt_unit(Rt::Flush, vec![]);
    }
    Ok(Val::none())
}
