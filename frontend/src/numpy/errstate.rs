//! `with numpy.errstate(...)`: compiled code gives no floating-point warnings, so a state that
//! ignores them, or only warns, changes nothing that it computes.

use rustpython_parser::ast::{self, Constant, Expr};

/// The callee of a context that may be an `errstate` of which the above holds.
pub fn silent_callee(item: &ast::WithItem) -> Option<&Expr> {
    let Expr::Call(call) = &item.context_expr else {
        return None;
    };
    let is_silent = |keyword: &ast::Keyword| {
        let known = keyword.arg.as_ref().is_some_and(|name| {
            let name = name.as_str();
            matches!(name, "all" | "divide" | "over" | "under" | "invalid")
        });
        known
            && matches!(&keyword.value, Expr::Constant(c)
                if matches!(&c.value, Constant::Str(how) if how == "ignore" || how == "warn"))
    };
    let is_named = match &*call.func {
        Expr::Attribute(a) => a.attr.as_str() == "errstate",
        Expr::Name(_) => true,
        _ => false,
    };
    let silent = call.args.is_empty() && item.optional_vars.is_none() && call.keywords.iter().all(is_silent);
    (is_named && silent).then_some(&*call.func)
}
