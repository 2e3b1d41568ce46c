//! What cannot be assigned to or deleted: syntax errors that the parser lets pass.

use crate::diag::Problem;
use crate::walk::range_of;
use rustpython_parser::ast::{Constant, Expr, Stmt};
use std::ops::Range;

/// The wrong targets of a statement itself, without those of statements in it.
pub fn problems(stmt: &Stmt) -> Vec<(Problem, Range<usize>)> {
    let assigned = |target: &Expr| wrong(target).map(|(what, span)| (Problem::AssignTo { what }, span));
    let syntax = |message: String, span| (Problem::Syntax { message }, span);
    match stmt {
        Stmt::Assign(s) => s.targets.iter().filter_map(assigned).collect(),
        Stmt::For(s) => assigned(&s.target).into_iter().collect(),
        Stmt::With(s) => {
            let targets = s.items.iter().filter_map(|item| item.optional_vars.as_deref());
            targets.filter_map(assigned).collect()
        }
        Stmt::AugAssign(s) => {
            let what = match &*s.target {
                Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => return Vec::new(),
                Expr::Tuple(_) => "tuple",
                Expr::List(_) => "list",
                other => wrong(other).map_or("expression", |(what, _)| what),
            };
            let message = format!("'{what}' is an illegal expression for augmented assignment");
            vec![syntax(message, range_of(&*s.target))]
        }
        Stmt::AnnAssign(s) => {
            let what = match &*s.target {
                Expr::Tuple(_) => "tuple",
                Expr::List(_) => "list",
                _ => return Vec::new(),
            };
            let message = format!("only single target (not {what}) can be annotated");
            vec![syntax(message, range_of(&*s.target))]
        }
        Stmt::Delete(s) => {
            let wrong = s.targets.iter().filter_map(wrong);
            wrong
                .map(|(what, span)| syntax(format!("cannot delete {what}"), span))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The part of a target that is none, in CPython's words.
fn wrong(target: &Expr) -> Option<(&'static str, Range<usize>)> {
    let what = match target {
        Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) => return None,
        Expr::Starred(e) => return wrong(&e.value),
        Expr::Tuple(e) => return e.elts.iter().find_map(wrong),
        Expr::List(e) => return e.elts.iter().find_map(wrong),
        Expr::Constant(e) => match e.value {
            Constant::None => "None",
            Constant::Bool(true) => "True",
            Constant::Bool(false) => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
        Expr::Call(_) => "function call",
        Expr::JoinedStr(_) => "f-string expression",
        Expr::Compare(_) => "comparison",
        Expr::IfExp(_) => "conditional expression",
        Expr::Lambda(_) => "lambda",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::GeneratorExp(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::NamedExpr(_) => "named expression",
        _ => "expression",
    };
    Some((what, range_of(target)))
}
