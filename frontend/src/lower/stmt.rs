//! Statements.

use super::{Bail, FnLower, Res};
use crate::diag::Why;
use crate::numpy;
use crate::scope::address;
use crate::types::Ty;
use crate::val::Val;
use crate::walk::range_of;
use lnp_abi::ExceptionKind;
use rustpython_parser::ast::{self, Expr, Stmt};

impl<'a> FnLower<'a> {
    /// Lowers statements up to the first that leaves.
    pub fn lower_stmts(&mut self, stmts: &'a [Stmt]) -> Res<()> {
        let conditional = self.conditional;
        let done = stmts.iter().try_for_each(|stmt| self.lower_stmt(stmt));
        self.conditional = conditional;
        done
    }

    pub fn lower_stmt(&mut self, stmt: &'a Stmt) -> Res<()> {
        self.locate(range_of(stmt));
        self.stmt = Some(stmt);
        let result = self.or_python(|cx| cx.stmt_native(stmt), |cx, _| cx.fallback_stmt(stmt));
        match result {
            Err(Bail::Error(diagnostic)) => {
                self.diagnostics.push(*diagnostic);
                Ok(())
            }
            other => other,
        }
    }

    fn stmt_native(&mut self, stmt: &'a Stmt) -> Res<()> {
        match stmt {
            Stmt::Expr(s) => match &*s.value {
                // A docstring or another constant does nothing.
                Expr::Constant(_) => Ok(()),
                value => self.lower_expr(value).map(|_| ()),
            },
            Stmt::Assign(s) => {
                let val = self.lower_expr(&s.value)?;
                let val = match (&s.targets[..], val.is_list_lit()) {
                    // One list for all targets.
                    ([_], _) => val,
                    _ => self.materialize(&val)?,
                };
                self.locate(range_of(stmt));
                for target in &s.targets {
                    self.assign(target, &val)?;
                }
                Ok(())
            }
            Stmt::AnnAssign(s) => match &s.value {
                Some(value) => {
                    let val = self.lower_expr(value)?;
                    self.assign(&s.target, &val)
                }
                None => Ok(()),
            },
            Stmt::AugAssign(s) => self.aug_assign(s),
            Stmt::If(s) => self.if_stmt(stmt, s),
            Stmt::While(s) => self.while_loop(stmt, s),
            Stmt::For(s) => self.for_loop(stmt, s),
            Stmt::Break(_) => self.break_loop(),
            Stmt::Continue(_) => self.continue_loop(),
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::Nonlocal(_) => Ok(()),
            Stmt::Return(s) => {
                let val = match &s.value {
                    Some(value) => self.lower_expr(value)?,
                    None => Val::none(),
                };
                self.return_value(&val)
            }
            Stmt::FunctionDef(s) => {
                if let Some(decorator) = s.decorator_list.first() {
                    self.locate(range_of(decorator));
                    let reason = format!("'{}' has a decorator", s.name.as_str());
                    return Err(self.unsupported(Why::WholeFunction, reason));
                }
                if self.sess.scopes.at.contains_key(&address(s)) {
                    let val = self.function_value(address(s))?;
                    self.bind_name(s.name.as_str(), &val)
                } else {
                    Err(self.unsupported(Why::Statement, "this function"))
                }
            }
            Stmt::Import(s) => self.import(s),
            Stmt::ImportFrom(s) => self.import_from(s),
            Stmt::Assert(s) => self.assert_stmt(s),
            Stmt::Raise(s) => self.raise_stmt(s),
            Stmt::Delete(s) => {
                for target in &s.targets {
                    self.delete(target)?;
                }
                Ok(())
            }
            Stmt::With(s) if self.is_silent_errstate(s)? => self.lower_stmts(&s.body),
            Stmt::With(_) | Stmt::AsyncWith(_) => Err(self.unsupported(Why::Statement, "a 'with' statement")),
            Stmt::Try(_) | Stmt::TryStar(_) => Err(self.unsupported(Why::Statement, "a 'try' statement")),
            Stmt::ClassDef(_) => Err(self.unsupported(Why::Statement, "a class")),
            Stmt::Match(_) => Err(self.unsupported(Why::Statement, "a 'match' statement")),
            Stmt::AsyncFunctionDef(_) | Stmt::AsyncFor(_) => {
                Err(self.unsupported(Why::Statement, "an asynchronous statement"))
            }
            Stmt::TypeAlias(_) => Err(self.unsupported(Why::Statement, "a type alias")),
        }
    }

    fn is_silent_errstate(&mut self, s: &'a ast::StmtWith) -> Res<bool> {
        for item in &s.items {
            let Some(callee) = numpy::errstate::silent_callee(item) else {
                return Ok(false);
            };
            let is_errstate = matches!(&self.lower_expr(callee)?.ty, Ty::Builtin(path) if &**path == "numpy.errstate");
            if !is_errstate {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn if_stmt(&mut self, stmt: &'a Stmt, s: &'a ast::StmtIf) -> Res<()> {
        let (yes, no) = self.branch_on(&s.test)?;
        let certain = usize::from(!yes.is_empty() && !no.is_empty());
        let mut ends = Vec::new();
        let mut leaves = false;
        for (edges, body) in [(yes, &s.body), (no, &s.orelse)] {
            if self.merge_all(edges)?.is_none() {
                continue;
            }
            self.conditional += certain;
            let done = self.lower_stmts(body);
            self.conditional -= certain;
            match done {
                Ok(()) => ends.push(self.edge(vec![])),
                // An error is not what a program is written for.
                Err(Bail::Unreachable) => leaves |= !matches!(body.last(), Some(Stmt::Raise(_))),
                Err(bail) => return Err(bail),
            }
        }
        let liveness = &self.sess.scopes.decls[self.decl].liveness;
        let keep = Self::keep(liveness.after(stmt), self.decl);
        self.locate(range_of(stmt));
        match self.merge(ends, keep)? {
            Some(_) => {
                // What follows runs if the other arm did: perhaps never with these types.
                self.conditional += usize::from(leaves) * certain;
                Ok(())
            }
            None => Err(Bail::Unreachable),
        }
    }

    fn return_value(&mut self, val: &Val) -> Res<()> {
        if val.ty.is_iterator() {
            return Err(self.unsupported(Why::WholeFunction, "an iterator is returned"));
        }
        let val = self.materialize(val)?;
        let val = self.capture(&val)?;
        let edge = self.edge(vec![val]);
        self.returns.push(edge);
        Err(Bail::Unreachable)
    }

    fn delete(&mut self, target: &'a Expr) -> Res<()> {
        match target {
            Expr::Name(e) => self.delete_name(e.id.as_str()),
            Expr::Tuple(e) => e.elts.iter().try_for_each(|t| self.delete(t)),
            Expr::Subscript(e) => {
                let recv = self.lower_expr(&e.value)?;
                let index = self.index(&e.slice)?;
                match &recv.ty {
                    Ty::Obj => self.py_stmt("del _a[_b]", &[("_a", &recv), ("_b", &index)]),
                    Ty::List(elem) if super::arith::integer(&index.ty) && **elem != Ty::Bottom => {
                        let at = self.to_index(&index)?;
                        self.list_delete(&recv, at);
                        Ok(())
                    }
                    _ => Err(self.unsupported(Why::Statement, "deleting this")),
                }
            }
            _ => Err(self.unsupported(Why::Statement, "deleting this")),
        }
    }

    fn assert_stmt(&mut self, s: &'a ast::StmtAssert) -> Res<()> {
        let (yes, no) = self.branch_on(&s.test)?;
        if self.merge_all(no)?.is_some() {
            let failed = match &s.msg {
                Some(msg) => {
                    let text = self.conditionally(|cx| cx.lower_expr(msg).and_then(|val| cx.to_str(&val)));
                    match text {
                        Ok(text) => self.raise_value(ExceptionKind::AssertionError, text.value()),
                        Err(bail) => bail,
                    }
                }
                None => self.raise(ExceptionKind::AssertionError, ""),
            };
            if !matches!(failed, Bail::Unreachable) {
                return Err(failed);
            }
        }
        match self.merge_all(yes)? {
            Some(_) => Ok(()),
            None => Err(Bail::Unreachable),
        }
    }

    /// `raise Kind(message)` of a builtin exception.
    fn raise_stmt(&mut self, s: &'a ast::StmtRaise) -> Res<()> {
        if s.cause.as_ref().is_some_and(|c| !is_none(c)) {
            return Err(self.unsupported(Why::Statement, "raise … from …"));
        }
        let Some(exc) = &s.exc else {
            return Err(self.unsupported(Why::Statement, "raising again"));
        };
        let (class, args) = match &**exc {
            Expr::Call(call) if call.keywords.is_empty() && call.args.len() <= 1 => (&*call.func, &call.args[..]),
            other => (other, &[][..]),
        };
        let class_val = self.lower_expr(class)?;
        if class_val.ty == Ty::Obj && args.is_empty() && !matches!(**exc, Expr::Call(_)) {
            self.py_stmt("raise _a", &[("_a", &class_val)])?;
            self.b.terminate(lnp_ir::Terminator::Unwind);
            return Err(Bail::Unreachable);
        }
        let Ty::Builtin(path) = &class_val.ty else {
            return Err(self.unsupported(Why::Statement, "raising this"));
        };
        if &**path == "SystemExit" {
            let code = match args {
                [arg] => self.lower_expr(arg)?,
                _ => Val::none(),
            };
            return crate::builtins::sys::exit(self, &code).map(|_| ());
        }
        let Some(kind) = ExceptionKind::from_name(path) else {
            return Err(self.unsupported(Why::Statement, format!("raising '{path}'")));
        };
        let message = match args {
            [arg] => {
                let val = self.lower_expr(arg)?;
                self.locate(range_of(s));
                // KeyError shows the repr of its key.
                if &**path == "KeyError" {
                    self.to_repr(&val)?
                } else {
                    self.to_str(&val)?
                }
            }
            _ => self.str(""),
        };
        self.locate(range_of(s));
        Err(self.raise_code(i64::from(kind), message.value()))
    }
}

fn is_none(expr: &Expr) -> bool {
    matches!(expr, Expr::Constant(c) if c.value.is_none())
}
