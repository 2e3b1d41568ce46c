//! Units: pieces of the program, or single operations, that the embedded CPython runs.
//!
//! All units share one namespace of globals. A unit's inputs are set in it before it runs,
//! its outputs read from it afterwards; a `Def` unit runs once. The names of operands that
//! are not the user's start with `_`.

use super::func::captured;
use super::object::lendable;
use super::{Bail, FnLower, Res, Var};
use crate::diag::Why;
use crate::scope::{Code, Key, each_parts};
use crate::types::{FuncTy, Ty};
use crate::val::{Args, Val};
use crate::walk::{self, Names};
use lnp_ir::{self as ir, Arg, PyUnit, PyUnitKind, Rt, ScalarOp};
use rustpython_parser::ast::{Expr, Stmt};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A unit's inputs: a name and the boxed value.
type Inputs = Vec<(String, ir::Value)>;

impl<'a> FnLower<'a> {
    /// Evaluates an expression over boxed operands.
    pub fn py_expr(&mut self, source: &str, inputs: &[(&str, &Val)]) -> Res {
        let inputs = self.box_all(inputs)?;
        let line = self.b.span.line;
        let object = self.run_unit(PyUnitKind::Expr, source.to_owned(), inputs, vec![], line);
        Ok(Val::one(Ty::Obj, object))
    }

    /// Runs a statement over boxed operands; the value of `output` afterwards.
    pub fn py_stmt_value(&mut self, source: &str, inputs: &[(&str, &Val)], output: &str) -> Res {
        let inputs = self.box_all(inputs)?;
        let line = self.b.span.line;
        let tuple = self.run_unit(
            PyUnitKind::Stmt,
            source.to_owned(),
            inputs,
            vec![output.to_owned()],
            line,
        );
        let item = self
            .b
            .call_rt(Rt::PyItem, vec![Arg::Value(tuple), Arg::Imm(0)], ir::Ty::Obj);
        Ok(Val::one(Ty::Obj, item))
    }

    /// Runs a statement over boxed operands.
    pub fn py_stmt(&mut self, source: &str, inputs: &[(&str, &Val)]) -> Res<()> {
        let inputs = self.box_all(inputs)?;
        let line = self.b.span.line;
        self.run_unit(PyUnitKind::Stmt, source.to_owned(), inputs, vec![], line);
        Ok(())
    }

    fn box_all(&mut self, inputs: &[(&str, &Val)]) -> Res<Inputs> {
        let mut out = Vec::new();
        for (name, val) in inputs {
            out.push(((*name).to_owned(), self.to_obj(val)?.value()));
        }
        Ok(out)
    }

    fn run_unit(
        &mut self,
        kind: PyUnitKind,
        source: String,
        inputs: Inputs,
        outputs: Vec<String>,
        line: u32,
    ) -> ir::Value {
        let (names, values): (Vec<String>, Vec<ir::Value>) = inputs.into_iter().unzip();
        let unit = self.sess.unit(PyUnit {
            kind,
            source,
            inputs: names,
            outputs,
            line,
        });
        let args = vec![Arg::Unit(unit), Arg::Slots(values)];
        self.b.call_rt(Rt::PyRun, args, ir::Ty::Obj)
    }

    /// Sets a module variable that CPython's own code may read later.
    pub fn publish(&mut self, name: &str, val: &Val) -> Res<()> {
        let mut inputs = Inputs::new();
        self.unit_writes.clear();
        // A list is handed over: CPython reads it whenever it likes.
        self.pass(name, val, matches!(val.ty, Ty::List(_)), &mut inputs)?;
        if !self.unit_writes.is_empty() {
            return Err(self.give_up("a function that changes global variables is called from CPython"));
        }
        if !inputs.is_empty() {
            let line = self.b.span.line;
            self.run_unit(PyUnitKind::Stmt, "pass".to_owned(), inputs, vec![], line);
        }
        Ok(())
    }

    /// Makes a module known to later units under its own name.
    pub fn py_import(&mut self, module: &str) {
        self.py_define(format!("import {module}"), 0);
    }

    fn py_define(&mut self, source: String, line: u32) {
        self.run_unit(PyUnitKind::Def, source, vec![], vec![], line);
    }

    /// Runs an expression's own source in CPython.
    pub fn fallback_expr(&mut self, expr: &'a Expr, ty: Option<&Ty>) -> Res {
        let names = Names::of_expr(expr);
        if self.in_fstring > 0 || names.has_yield.is_some() || !names.stores.is_empty() {
            return Err(self.unsupported(Why::Expression, "this expression"));
        }
        let range = walk::range_of(expr);
        self.check_kept(&names, &range, false)?;
        let mut inputs = Inputs::new();
        self.unit_writes.clear();
        let keeps = !names.kept_lambdas.is_empty() || !names.kept_generators.is_empty();
        for name in names.loads_set() {
            // What is kept may be called when the name has a value.
            let waits = keeps && self.resolve(name).is_some_and(|key| !self.env.contains_key(&key));
            if waits && self.module_function(name).is_none() {
                continue;
            }
            self.lending(!names.kept.contains(name), |cx| {
                cx.unit_input(name, names.touched.contains(name), &mut inputs)
            })?;
        }
        if !self.unit_writes.is_empty() {
            return Err(self.unsupported(Why::Expression, "an expression that changes global variables"));
        }
        let line = self.sess.lines.line(range.start);
        let text = self.sess.text(range);
        let (source, line) = if keeps && !inputs.is_empty() {
            // What it captures stays its own when other units set names of theirs.
            let params: Vec<&str> = inputs.iter().map(|(n, _)| &**n).collect();
            let params = params.join(", ");
            (
                format!("(lambda {params}: (\n{text}\n))({params})"),
                line.saturating_sub(1),
            )
        } else if text.contains('\n') {
            (format!("(\n{text}\n)"), line.saturating_sub(1))
        } else {
            (text.to_owned(), line)
        };
        let object = self.run_unit(PyUnitKind::Expr, source, inputs, vec![], line);
        let object = Val::one(Ty::Obj, object);
        match ty {
            Some(ty) => self.typed(&object, ty),
            None => Ok(object),
        }
    }

    /// Runs a statement's own source in CPython; the names that it binds become objects.
    pub fn fallback_stmt(&mut self, stmt: &'a Stmt) -> Res<()> {
        let names = Names::of_stmt(stmt);
        if names.escapes.is_some() || names.has_yield.is_some() {
            return Err(self.unsupported(Why::Statement, "a statement that leaves its function or loop"));
        }
        self.check_kept(&names, &walk::range_of(stmt), true)?;
        let live = self.sess.scopes.decls[self.decl].liveness.after(stmt);
        let has_after = matches!(
            stmt,
            Stmt::With(_)
                | Stmt::Try(_)
                | Stmt::TryStar(_)
                | Stmt::Match(_)
                | Stmt::If(_)
                | Stmt::For(_)
                | Stmt::While(_)
        );
        // What it defines is called later.
        let defines = matches!(stmt, Stmt::ClassDef(_) | Stmt::FunctionDef(_));
        if defines && self.sess.text(walk::range_of(stmt)).contains("global ") {
            return Err(self.give_up("a method or decorated function that changes global variables"));
        }
        if defines && self.decl != 0 && self.sess.text(walk::range_of(stmt)).contains("nonlocal ") {
            return Err(self.unsupported(Why::WholeFunction, "a class that changes variables around it"));
        }
        let mut inputs = Inputs::new();
        self.unit_writes.clear();
        let stores = names.stores_set();
        let mut outputs: Vec<(&str, Key, bool)> = Vec::new();
        let all: BTreeSet<&str> = names.loads_set().union(&stores).copied().collect();
        for name in all {
            let key = self.resolve(name);
            if let Some(key) = &key {
                self.check_hiding(key)?;
            }
            let known = key
                .as_ref()
                .is_some_and(|k| matches!(self.env.get(k), Some(Var { bound: None, .. })));
            let present = key.as_ref().is_some_and(|k| self.env.contains_key(k));
            if names.loads_set().contains(name) || (present && has_after) {
                self.lending(!names.kept.contains(name), |cx| {
                    cx.maybe_unbound_input(name, names.touched.contains(name), &mut inputs)
                })?;
            }
            let Some(key) = key.filter(|_| stores.contains(name)) else {
                continue;
            };
            if !has_after || key.owner != self.decl || live.contains(name) {
                let unbound = names.unbinds.contains(name) || names.deletes.contains(name);
                let certain = (known || !has_after) && !unbound;
                outputs.push((name, key, certain));
            } else {
                Rc::make_mut(&mut self.env).remove(&key);
            }
        }
        if defines && !self.unit_writes.is_empty() {
            return Err(self.give_up("a function that changes global variables is called from CPython"));
        }
        let written: Vec<Key> = self.unit_writes.iter().cloned().collect();
        for key in &written {
            if outputs.iter().all(|(_, other, _)| other != key) {
                let known = matches!(self.env.get(key), Some(Var { bound: None, .. }));
                let names = self.sess.scopes.decls[0].locals.iter();
                if let Some(name) = names.copied().find(|n| **n == *key.name) {
                    if self.env.contains_key(key) {
                        self.maybe_unbound_input(name, false, &mut inputs)?;
                    }
                    outputs.push((name, key.clone(), known));
                }
            }
        }
        let mut range = walk::range_of(stmt);
        let decorators = match stmt {
            Stmt::ClassDef(s) => &s.decorator_list[..],
            Stmt::FunctionDef(s) => &s.decorator_list[..],
            _ => &[],
        };
        if let Some(first) = decorators.first() {
            let start = walk::range_of(first).start;
            range.start = self.sess.source[..start].rfind('@').unwrap_or(start);
        }
        let mut line = self.sess.lines.line(range.start);
        let column = self.sess.lines.column(range.start);
        let text = self.sess.text(range);
        let mut source = String::new();
        let doubtful: Vec<&str> = outputs
            .iter()
            .filter(|(_, _, certain)| !certain)
            .map(|(n, _, _)| *n)
            .collect();
        for name in &doubtful {
            if inputs.iter().all(|(input, _)| input != name) {
                source += &format!("globals().pop('{name}', None)\n");
                line = line.saturating_sub(1);
            }
        }
        if column > 0 {
            source += "if 1:\n";
            line = line.saturating_sub(1);
        }
        source += &" ".repeat(column);
        source += text;
        source += "\n";
        for name in &doubtful {
            source += &format!("_has_{name} = '{name}' in globals()\n{name} = globals().get('{name}')\n");
        }
        let mut out_names: Vec<String> = outputs.iter().map(|(n, _, _)| (*n).to_owned()).collect();
        out_names.extend(doubtful.iter().map(|n| format!("_has_{n}")));
        let tuple = self.run_unit(PyUnitKind::Stmt, source, inputs, out_names, line);
        let item = |cx: &mut Self, k: usize| {
            let args = vec![Arg::Value(tuple), Arg::Imm(k as i64)];
            cx.b.call_rt(Rt::PyItem, args, ir::Ty::Obj)
        };
        let mut flags = outputs.len();
        for (k, (_, key, certain)) in outputs.iter().enumerate() {
            let val = Val::one(Ty::Obj, item(self, k));
            let bound = if *certain {
                None
            } else {
                let flag = item(self, flags);
                flags += 1;
                Some(self.b.call_rt(Rt::PyToBool, vec![Arg::Value(flag)], ir::Ty::BOOL))
            };
            Rc::make_mut(&mut self.env).insert(key.clone(), Var { val, bound });
        }
        for name in names.deletes.iter().filter(|_| !has_after) {
            if let Some(key) = self.resolve(name) {
                Rc::make_mut(&mut self.env).remove(&key);
            }
        }
        Ok(())
    }

    /// Units share CPython's global variables: a local one that goes by the name of a global that
    /// other code there reads would take its place.
    fn check_hiding(&mut self, key: &Key) -> Res<()> {
        if key.owner != 0 && self.sess.scopes.visible.contains(&*key.name) {
            let reason = format!(
                "'{}' is a local variable and a global that code in CPython reads",
                key.name
            );
            return Err(self.give_up(&reason));
        }
        Ok(())
    }

    /// As [`FnLower::unit_input`], for a statement, which may find a variable without a value and
    /// give it one: only where it reads it before is there an error.
    fn maybe_unbound_input(&mut self, name: &str, touched: bool, inputs: &mut Inputs) -> Res<()> {
        let var = self.resolve(name).and_then(|key| self.env.get(&key).cloned());
        let Some(Var { val, bound: Some(flag) }) = var else {
            return self.unit_input(name, touched, inputs);
        };
        if inputs.iter().any(|(n, _)| n == name) {
            return Ok(());
        }
        let given = match touched || !lendable(&val.ty) {
            true => self.list_to_give(&val)?,
            false => None,
        };
        let object = self.choose(
            flag,
            |cx| {
                let object = cx.to_obj(&val)?;
                match given {
                    Some(_) => cx.py_expr("list(_a)", &[("_a", &object)]),
                    None => Ok(object),
                }
            },
            |cx| Ok(cx.rt(Rt::PyUnbound, vec![], Ty::Obj)),
        )?;
        // Only here: where the variable has no value there is no list to look at.
        if let Some(list) = given {
            self.rebind_list(list, &object);
        }
        inputs.push((name.to_owned(), object.value()));
        Ok(())
    }

    /// Passes the variable of a name to a unit, if it is one.
    pub fn unit_input(&mut self, name: &str, touched: bool, inputs: &mut Inputs) -> Res<()> {
        let Some(key) = self.resolve(name) else {
            return Ok(());
        };
        self.check_hiding(&key)?;
        let Some(var) = self.env.get(&key).cloned() else {
            // A function that is defined further down: a body that calls it later finds it.
            match self.module_function(name) {
                Some(decl) => self.define_function(decl, inputs)?,
                None => self.forget(name, inputs),
            }
            return Ok(());
        };
        if let Some(flag) = var.bound {
            self.check_builtin(&key)?;
            // Unbound on some paths: reading it is an error there, as far as this goes.
            let unbound = self.b.scalar(ScalarOp::Not, &[flag]);
            self.raise_if(
                unbound,
                lnp_abi::ExceptionKind::NameError,
                &format!("name '{name}' is not defined"),
            );
        }
        self.pass(name, &var.val, touched, inputs)
    }

    /// A variable without a value: CPython may know an earlier one.
    fn forget(&mut self, name: &str, inputs: &mut Inputs) {
        if inputs.iter().all(|(n, _)| n != name) {
            let unbound = self.rt(Rt::PyUnbound, vec![], Ty::Obj);
            inputs.push((name.to_owned(), unbound.value()));
        }
    }

    pub fn pass(&mut self, name: &str, val: &Val, touched: bool, inputs: &mut Inputs) -> Res<()> {
        if inputs.iter().any(|(n, _)| n == name) {
            return Ok(());
        }
        match &val.ty {
            Ty::Module(path) if &**path == name => self.py_import(name),
            Ty::Module(path) => self.py_define(format!("import {path} as {name}"), 0),
            Ty::Func(func) if func.captures.is_empty() && self.module_function(name) == Some(func.decl) => {
                self.define_function(func.decl, inputs)?;
            }
            _ => {
                let object = if touched {
                    self.hand_over(val)?
                } else {
                    self.share(val)?
                };
                inputs.push((name.to_owned(), object.value()));
            }
        }
        Ok(())
    }

    /// The `def` of the module that a name stands for, when nothing else is bound to it.
    /// A decorated one is what its decorator made of it, once, where it stands.
    pub fn module_function(&self, name: &str) -> Option<usize> {
        let decls = &self.sess.scopes.decls;
        (1..decls.len())
            .find(|&d| decls[d].parent == 0 && *decls[d].name == *name && matches!(decls[d].code, Code::Def(_)))
            .filter(|&d| decls[d].decorators().is_empty())
    }

    /// Defines a function of the module in CPython, with all that it names.
    fn define_function(&mut self, decl: usize, inputs: &mut Inputs) -> Res<()> {
        let mut pending = vec![decl];
        let mut seen = BTreeSet::new();
        let mut definitions: Vec<(String, u32, bool)> = Vec::new();
        while let Some(decl) = pending.pop() {
            if !seen.insert(decl) {
                continue;
            }
            let info = &self.sess.scopes.decls[decl];
            self.unit_writes.extend(info.writes.iter().cloned());
            let line = self.sess.lines.line(info.range.start);
            let mut reads = info.reads.clone();
            let annotations = match info.code {
                Code::Def(def) => walk::annotation_names(def),
                _ => BTreeSet::new(),
            };
            let annotated = annotations.iter().filter_map(|name| self.sess.scopes.resolve(0, name));
            reads.extend(annotated);
            let source = self.source_with_defaults(decl, &[], inputs)?;
            for key in &reads {
                if key.owner != 0 {
                    return Err(self.unsupported(Why::WholeFunction, "a function that uses another's variables"));
                }
                let val = self.env.get(key).map(|v| v.val.clone());
                match val {
                    Some(val) => match &val.ty {
                        Ty::Func(func) if self.module_function(&key.name) == Some(func.decl) => pending.push(func.decl),
                        _ => self.pass(&key.name, &val, true, inputs)?,
                    },
                    None => pending.extend(self.module_function(&key.name)),
                }
            }
            // What is read where it is defined must be there.
            let annotated = inputs.iter().any(|(name, _)| annotations.contains(&**name));
            let once = self.kept_defaults(decl).is_empty() && !annotated;
            definitions.push((source + "\n", line, once));
        }
        for (text, line, once) in definitions {
            if once {
                self.py_define(text, line);
            } else {
                self.run_unit(PyUnitKind::Stmt, text, inputs.clone(), vec![], line);
            }
        }
        Ok(())
    }

    /// A user function as a CPython object.
    pub fn py_function(&mut self, func: &FuncTy, val: &Val) -> Res {
        let info = &self.sess.scopes.decls[func.decl];
        let range = info.range.clone();
        let mut inputs = Inputs::new();
        let mut before = std::mem::take(&mut self.unit_writes);
        self.unit_writes.extend(info.writes.iter().cloned());
        if info.parent == 0 && matches!(info.code, Code::Def(_)) && self.module_function(&info.name) == Some(func.decl)
        {
            if !self.lent {
                self.check_settled(func)?;
            }
            self.define_function(func.decl, &mut inputs)?;
            if !self.unit_writes.is_empty() {
                return Err(self.give_up("a function that changes variables is passed to CPython"));
            }
            self.unit_writes.append(&mut before);
            let object = self.run_unit(
                PyUnitKind::Expr,
                info.name.to_string(),
                inputs,
                vec![],
                self.b.span.line,
            );
            return Ok(Val::one(Ty::Obj, object));
        }
        if self.in_fstring > 0 || info.python.is_some() {
            return Err(self.unsupported(Why::Expression, "this function as a CPython object"));
        }
        if !self.lent {
            self.check_settled(func)?;
        }
        // Its free variables become the parameters of a function around it.
        let held = captured(func, val);
        // The name by which it calls itself.
        let mut own: Option<String> = None;
        let mut outer: Vec<String> = Vec::new();
        let text = self.source_with_defaults(func.decl, &held, &mut inputs)?;
        outer.extend(inputs.iter().map(|(name, _)| name.clone()));
        let mut reads = info.reads.clone();
        if let Code::Def(def) = info.code {
            let names = walk::annotation_names(def).into_iter();
            reads.extend(names.filter_map(|name| self.sess.scopes.resolve(info.parent, name)));
        }
        for key in &reads {
            let (name, _) = each_parts(&key.name);
            let free = match held.iter().find(|(captured, _)| captured == key) {
                Some((_, free)) => free.clone(),
                None => match self.env.get(key).map(|v| v.val.clone()) {
                    Some(free) => free,
                    None => {
                        match self.module_function(name).filter(|_| key.owner == 0) {
                            Some(decl) => self.define_function(decl, &mut inputs)?,
                            // Bound before it is called, perhaps to what it is passed to.
                            None if self.settled(key).is_none() => return Err(self.unsettled(key)),
                            None => {}
                        }
                        continue;
                    }
                },
            };
            if matches!(&free.ty, Ty::Func(f) if f.decl == func.decl) {
                own = Some(name.to_owned());
                continue;
            }
            let before = inputs.len();
            self.pass(name, &free, true, &mut inputs)?;
            if inputs.len() > before {
                outer.push(name.to_owned());
            }
        }
        if !self.unit_writes.is_empty() {
            return Err(self.give_up("a function that changes variables is passed to CPython"));
        }
        self.unit_writes.append(&mut before);
        let names = outer.join(", ");
        let line = self.sess.lines.line(range.start);
        let made = |cx: &mut Self, source: String, inputs: Inputs, line: u32| {
            let outputs = vec!["_made".to_owned()];
            let tuple = cx.run_unit(PyUnitKind::Stmt, source, inputs, outputs, line);
            cx.b.call_rt(Rt::PyItem, vec![Arg::Value(tuple), Arg::Imm(0)], ir::Ty::Obj)
        };
        let object = match (info.code, own) {
            (Code::Lambda(_), Some(own)) => {
                let source =
                    format!("def _make({names}):\n {own} = (\n{text}\n )\n return {own}\n_made = _make({names})\n");
                made(self, source, inputs, line.saturating_sub(2))
            }
            (Code::Lambda(_), None) => {
                let source = format!("(lambda {names}: (\n{text}\n))({names})");
                self.run_unit(PyUnitKind::Expr, source, inputs, vec![], line.saturating_sub(1))
            }
            _ => {
                let name = info.name.to_string();
                let indent = " ".repeat(self.sess.lines.column(range.start).max(1));
                let source =
                    format!("def _make({names}):\n{indent}{text}\n{indent}return {name}\n_made = _make({names})\n");
                made(self, source, inputs, line.saturating_sub(1))
            }
        };
        Ok(Val::one(Ty::Obj, object))
    }

    /// Calls a function of the module that runs in CPython.
    pub fn py_call_function(&mut self, func: &FuncTy, callee: &Val, args: &Args) -> Res {
        let info = &self.sess.scopes.decls[func.decl];
        if self.module_function(&info.name) != Some(func.decl) {
            let object = self.py_function(func, callee)?;
            return self.py_call_value(&object, args);
        }
        self.check_inner(func.decl)?;
        // What the function may change in place is CPython's from now on.
        let touched = Names::of_stmts(info.body()).touched;
        let mut args = args.clone();
        for (param, val) in info.params.iter().zip(&mut args.pos) {
            if touched.contains(param.name) {
                *val = self.hand_over(val)?;
            }
        }
        for (name, val) in &mut args.kw {
            if touched.contains(name.as_str()) {
                *val = self.hand_over(val)?;
            }
        }
        let mut inputs = Inputs::new();
        let text = self.call_text(&info.name, &args, &mut inputs)?;
        self.unit_writes.clear();
        self.define_function(func.decl, &mut inputs)?;
        let writes: Vec<Key> = self.unit_writes.iter().filter(|k| k.owner == 0).cloned().collect();
        let line = self.b.span.line;
        if writes.is_empty() {
            let object = self.run_unit(PyUnitKind::Expr, text, inputs, vec![], line);
            return Ok(Val::one(Ty::Obj, object));
        }
        let mut outputs = vec!["_result".to_owned()];
        outputs.extend(writes.iter().map(|k| k.name.to_string()));
        let tuple = self.run_unit(PyUnitKind::Stmt, format!("_result = {text}"), inputs, outputs, line);
        let item = |cx: &mut Self, k: usize| {
            let args = vec![Arg::Value(tuple), Arg::Imm(k as i64)];
            Val::one(Ty::Obj, cx.b.call_rt(Rt::PyItem, args, ir::Ty::Obj))
        };
        let result = item(self, 0);
        for (k, key) in writes.iter().enumerate() {
            let val = item(self, k + 1);
            self.set_key(key.clone(), val);
        }
        Ok(result)
    }

    /// Calls a CPython object.
    pub fn py_call_value(&mut self, callee: &Val, args: &Args) -> Res {
        let args = &self.hand_over_args(args)?;
        let mut inputs = vec![("_f".to_owned(), self.to_obj(callee)?.value())];
        let text = self.call_text("_f", args, &mut inputs)?;
        let line = self.b.span.line;
        let object = self.run_unit(PyUnitKind::Expr, text, inputs, vec![], line);
        Ok(Val::one(Ty::Obj, object))
    }

    /// Calls something by its text: a catalog path, or a method of the operand `_f`.
    pub fn py_call_text(&mut self, callee: &str, recv: Option<&Val>, args: &Args) -> Res {
        let mut inputs = Inputs::new();
        let mut args = args.clone();
        if let Some(recv) = recv {
            inputs.push(("_f".to_owned(), self.hand_over(recv)?.value()));
            if matches!(recv.ty, Ty::Obj | Ty::List(_)) {
                args = self.hand_over_args(&args)?;
            }
        }
        let args = &args;
        let text = self.call_text(callee, args, &mut inputs)?;
        let line = self.b.span.line;
        let object = self.run_unit(PyUnitKind::Expr, text, inputs, vec![], line);
        Ok(Val::one(Ty::Obj, object))
    }

    /// Arguments of which CPython may keep lists: what an object does with them is not known.
    fn hand_over_args(&mut self, args: &Args) -> Res<Args> {
        let mut args = args.clone();
        for val in args.pos.iter_mut().chain(args.kw.iter_mut().map(|(_, val)| val)) {
            if let Ty::List(_) = val.ty {
                *val = self.hand_over(val)?;
            }
        }
        Ok(args)
    }

    fn call_text(&mut self, callee: &str, args: &Args, inputs: &mut Inputs) -> Res<String> {
        let keeps = walk::keeps_arguments(callee.rsplit('.').next().unwrap_or(callee));
        self.lending(!keeps, |cx| cx.call_operands(callee, args, inputs))
    }

    fn call_operands(&mut self, callee: &str, args: &Args, inputs: &mut Inputs) -> Res<String> {
        let mut parts = Vec::new();
        for (k, val) in args.pos.iter().enumerate() {
            inputs.push((format!("_a{k}"), self.share(val)?.value()));
            parts.push(format!("_a{k}"));
        }
        for (name, val) in &args.kw {
            inputs.push((format!("_k_{name}"), self.share(val)?.value()));
            parts.push(format!("{name}=_k_{name}"));
        }
        Ok(format!("{callee}({})", parts.join(", ")))
    }

    /// The whole program as one unit.
    pub fn fallback_program(&mut self) {
        let source = self.sess.source.to_owned();
        self.run_unit(PyUnitKind::Stmt, source, vec![], vec![], 1);
    }

    /// Lowers natively, else by `other` from the same point; the first bail stands if both fail.
    pub fn or_python<T>(
        &mut self,
        native: impl FnOnce(&mut Self) -> Res<T>,
        other: impl FnOnce(&mut Self, Option<&Ty>) -> Res<T>,
    ) -> Res<T> {
        let start = self.checkpoint();
        match native(self) {
            Err(Bail::Unsupported { why, reason, span, ty }) => {
                self.rollback(&start);
                match other(self, ty.as_ref()) {
                    Ok(value) => {
                        self.warn(why, reason, span);
                        Ok(value)
                    }
                    Err(Bail::Unsupported { .. }) => {
                        self.rollback(&start);
                        Err(Bail::Unsupported { why, reason, span, ty })
                    }
                    Err(bail) => Err(bail),
                }
            }
            done => done,
        }
    }
}
