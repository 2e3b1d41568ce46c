//! Views that are not like other views: read-only ones, and the parts of complex arrays.
//!
//! NumPy makes `broadcast_to` and `diagonal` read-only; here that is a note at the value, which
//! views of it inherit. The part of a complex array (`z.real`) is a view in NumPy and a copy
//! here. Nobody sees the difference until one of the two is written while the other is still
//! read: such a program runs in CPython, as a whole.

use crate::DType;
use crate::lower::{FnLower, Res};
use crate::types::Ty;
use crate::val::{Konst, Val};
use lnp_abi::ExceptionKind;
use rustpython_parser::ast::Expr;

/// What a write is to NumPy, by its error text.
#[derive(Clone, Copy)]
pub enum Write {
    Assignment,
    InPlace,
    Sort,
}

impl Write {
    fn subject(self) -> &'static str {
        match self {
            Write::Assignment => "assignment destination",
            Write::InPlace => "output array",
            Write::Sort => "sort array",
        }
    }
}

/// A view of `base` with what is known of `base`. `copies`: the view may be a copy, which can
/// be written.
pub fn inherit(base: &Val, view: Val, copies: bool) -> Val {
    match &base.konst {
        Some(konst @ Konst::ReadOnly) if view.ty.is_array() && !copies => view.with_konst(konst.clone()),
        Some(konst @ Konst::Part) if view.ty.is_array() => view.with_konst(konst.clone()),
        _ => view,
    }
}

/// Must be called before an array is written.
pub fn check_write(cx: &mut FnLower<'_>, dst: &Val, write: Write) -> Res<()> {
    match dst.konst {
        Some(Konst::ReadOnly) => {
            let text = format!("{} is read-only", write.subject());
            return Err(cx.raise_late(ExceptionKind::ValueError, &text));
        }
        Some(Konst::Part) => {
            return Err(cx.give_up("a part of a complex array is kept and written"));
        }
        _ => {}
    }
    if matches!(dst.ty, Ty::Array(DType::C128, _)) && cx.keeps(is_part) {
        return Err(cx.give_up("a part of a complex array is kept while the array is written"));
    }
    Ok(())
}

fn is_part(val: &Val) -> bool {
    match &val.konst {
        Some(Konst::Part) => true,
        Some(Konst::Tuple(parts)) => parts.contains(&Some(Konst::Part)),
        _ => false,
    }
}

/// Whether an expression stands for an array that something else may hold: a name, or a view
/// of one. Anything else gives a new array.
pub fn is_held(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) => true,
        Expr::Subscript(e) => is_held(&e.value),
        Expr::Attribute(e) => is_held(&e.value),
        Expr::Call(e) => match &*e.func {
            Expr::Name(_) => true,
            Expr::Attribute(f) => {
                match f.attr.as_str() {
                    "reshape" | "ravel" | "transpose" | "swapaxes" | "squeeze" | "view" => is_held(&f.value),
                    "real" | "imag" | "asarray" | "moveaxis" | "expand_dims" => e.args.first().is_some_and(is_held),
                    // Other functions of NumPy, and methods of arrays, compute something
                    // new.
                    _ => false,
                }
            }
            _ => true,
        },
        Expr::IfExp(_) | Expr::BoolOp(_) | Expr::NamedExpr(_) | Expr::Await(_) => true,
        _ => false,
    }
}
