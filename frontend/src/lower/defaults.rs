//! Default values of parameters: evaluated once, where the function is defined.
//!
//! Constants are written anew at each call. The value of any other default is kept in a hidden
//! variable of the scope that defines the function; a copy of the function in CPython gets that
//! value, not the expression.

use super::{FnLower, Res};
use crate::diag::Why;
use crate::scope::Key;
use crate::val::Val;
use crate::walk::range_of;
use lnp_ir as ir;
use rustpython_parser::ast::{Constant, Expr, UnaryOp};

impl<'a> FnLower<'a> {
    /// Evaluates the defaults that are not constants, where the function is defined.
    pub fn define_defaults(&mut self, decl: usize) -> Res<()> {
        for (name, default) in self.kept_defaults(decl) {
            let val = self.lower_expr(default)?;
            self.bind_key(default_key(self.decl, decl, name), &val)?;
        }
        Ok(())
    }

    /// The parameters whose default is a value that is kept, with its expression.
    pub fn kept_defaults(&self, decl: usize) -> Vec<(&'a str, &'a Expr)> {
        let params = self.sess.scopes.decls[decl].params.iter();
        params
            .filter_map(|p| p.default.filter(|d| !constant_default(d)).map(|d| (p.name, d)))
            .collect()
    }

    /// A function's source for CPython, with its kept defaults among the inputs. `held`: what it
    /// took along.
    pub fn source_with_defaults(
        &mut self,
        decl: usize,
        held: &[(Key, Val)],
        inputs: &mut Vec<(String, ir::Value)>,
    ) -> Res<String> {
        let info = &self.sess.scopes.decls[decl];
        let (parent, range) = (info.parent, info.range.clone());
        let mut source = self.sess.text(range.clone()).to_owned();
        let mut defaults = self.kept_defaults(decl);
        defaults.sort_by_key(|(_, default)| std::cmp::Reverse(range_of(*default).start));
        for (param, default) in defaults {
            let key = default_key(parent, decl, param);
            let known = held.iter().find(|(held, _)| *held == key).map(|(_, val)| val);
            let Some(val) = known.or(self.env.get(&key).map(|v| &v.val)).cloned() else {
                let reason = format!("the default of '{param}' is not evaluated yet where CPython gets the function");
                return Err(self.unsupported(Why::WholeFunction, reason));
            };
            let name = format!("_default{decl}_{param}");
            self.pass(&name, &val, true, inputs)?;
            let at = range_of(default);
            source.replace_range(at.start - range.start..at.end - range.start, &name);
        }
        Ok(source)
    }
}

pub fn default_key(owner: usize, decl: usize, param: &str) -> Key {
    Key::new(owner, &format!(".default.{decl}.{param}"))
}

/// Whether a default is the same wherever it is evaluated.
pub fn constant_default(expr: &Expr) -> bool {
    match expr {
        Expr::Constant(c) => !matches!(c.value, Constant::Ellipsis | Constant::Bytes(_)),
        Expr::UnaryOp(e) => matches!(e.op, UnaryOp::USub) && constant_default(&e.operand),
        Expr::Tuple(e) => e.elts.iter().all(constant_default),
        _ => false,
    }
}
