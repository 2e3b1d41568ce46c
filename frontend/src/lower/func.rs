//! Calls of user functions: one specialization per types of the arguments and of the outer
//! variables that the function and all it may call use. Recursion by fixpoint.

use super::defaults::{constant_default, default_key};
use super::{Bail, Edge, FnLower, Res, Var};
use crate::diag::{Diagnostic, Problem, Why};
use crate::scope::{Code, Key};
use crate::session::{Outcome, OuterTy, Spec, SpecKey, SpecState};
use crate::types::{FuncTy, Ty};
use crate::val::{Args, Konst, Val};
use lnp_ir::{self as ir, FuncId, Inst, Terminator};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Rounds of a recursive function's fixpoint before it is given to CPython.
const MAX_ROUNDS: usize = 8;
/// Nested specializations before the types are taken to grow without end.
const MAX_DEPTH: usize = 64;
/// Times that a function starts over with wider lists.
const MAX_RESTARTS: usize = 32;

/// What a call of a specialization passes and gets.
enum Plan {
    Native(usize, Outcome),
    Python,
}

impl<'a> FnLower<'a> {
    /// A function that leaves the scope whose variables it uses takes their values along.
    pub fn capture(&mut self, val: &Val) -> Res {
        if let Ty::Tuple(_) = &val.ty
            && val
                .elements()
                .unwrap_or_default()
                .iter()
                .any(|e| matches!(e.ty, Ty::Func(_)))
        {
            let mut elems = Vec::new();
            for elem in val.elements().unwrap_or_default() {
                elems.push(self.capture(&elem)?);
            }
            return Ok(Val::tuple(elems));
        }
        if let Ty::Union(members) = &val.ty {
            let uses_own = |ty: &Ty| match ty {
                Ty::Func(func) => self.needed(&[func.decl], &[]).iter().any(|key| key.owner != 0),
                _ => false,
            };
            if self.decl != 0 && members.iter().any(uses_own) {
                let reason = "a function that is chosen when the program runs and uses variables around it";
                return Err(self.unsupported(Why::WholeFunction, reason));
            }
            return Ok(val.clone());
        }
        let Ty::Func(func) = &val.ty else {
            return Ok(val.clone());
        };
        if !func.captures.is_empty() {
            return Ok(val.clone());
        }
        let reads: Vec<Key> = self
            .needed(&[func.decl], &[])
            .into_iter()
            .filter(|k| k.owner != 0)
            .collect();
        if reads.is_empty() || self.decl == 0 {
            return Ok(val.clone());
        }
        let writes = &self.sess.scopes.decls[func.decl].writes;
        let mut captures = Vec::new();
        let mut vals = Vec::new();
        for key in reads {
            if writes.contains(&key) {
                return Err(self.unsupported(
                    Why::WholeFunction,
                    "a returned function that changes captured variables",
                ));
            }
            let var = self.read_key(&key)?;
            if matches!(&var.ty, Ty::Func(f) if f.decl == func.decl) {
                return Err(self.unsupported(Why::WholeFunction, "a returned function that calls itself"));
            }
            vals.extend(var.vals.iter().copied());
            captures.push((key, var.ty.clone()));
        }
        let ty = Ty::Func(FuncTy {
            decl: func.decl,
            captures,
        });
        Ok(Val::new(ty, vals))
    }

    /// Outer variables that calls of these functions may use, the functions among them followed.
    fn needed(&self, decls: &[usize], vals: &[&Val]) -> BTreeSet<Key> {
        let mut pending: Vec<usize> = decls.to_vec();
        vals.iter().for_each(|v| functions_in(&v.ty, &mut pending));
        let mut seen = BTreeSet::new();
        let mut keys: BTreeSet<Key> = BTreeSet::new();
        while let Some(decl) = pending.pop() {
            if !seen.insert(decl) {
                continue;
            }
            let info = &self.sess.scopes.decls[decl];
            let mut reads = info.reads.clone();
            for param in &info.params {
                if param.default.is_some_and(|d| !constant_default(d)) {
                    reads.insert(default_key(info.parent, decl, param.name));
                }
            }
            for key in reads {
                if let Some(var) = self.env.get(&key) {
                    functions_in(&var.val.ty, &mut pending);
                }
                keys.insert(key);
            }
        }
        // What a function owns itself is made anew by its call.
        keys.retain(|k| !decls.contains(&k.owner) || k.owner == 0);
        keys
    }

    pub fn call_function(&mut self, func: &FuncTy, callee: &Val, args: &Args) -> Res {
        let info = &self.sess.scopes.decls[func.decl];
        if let Some((why, reason, span)) = &info.python {
            self.warn(*why, reason.clone(), span.clone());
            return self.py_call_function(func, callee, args);
        }
        let bound = self.bind_arguments(func, callee, args)?;
        let mut env_vars: BTreeMap<Key, Var> = BTreeMap::new();
        let refs: Vec<&Val> = bound.iter().chain([callee]).collect();
        for key in self.needed(&[func.decl], &refs) {
            if let Some(var) = self.env.get(&key) {
                env_vars.insert(key, var.clone());
            }
        }
        for (key, val) in captured(func, callee) {
            env_vars.insert(key, Var { val, bound: None });
        }
        match self.plan(func.decl, &bound, &env_vars)? {
            Plan::Native(idx, outcome) => self.emit_call(idx, &outcome, &bound, &env_vars),
            Plan::Python => self.py_call_function(func, callee, args),
        }
    }

    fn plan(&mut self, decl: usize, bound: &[Val], outer: &BTreeMap<Key, Var>) -> Res<Plan> {
        let mut key = SpecKey {
            decl,
            args: bound.iter().map(|v| (v.ty.clone(), v.aliasing())).collect(),
            outer: outer
                .iter()
                .map(|(k, v)| {
                    let single = k.owner == 0 && self.sess.single.contains(&*k.name) && v.bound.is_none();
                    let ty = OuterTy {
                        ty: v.val.ty.clone(),
                        konst: v.val.konst.clone().filter(|_| single).or_else(|| v.val.aliasing()),
                        flagged: v.bound.is_some(),
                    };
                    (k.clone(), ty)
                })
                .collect(),
        };
        let idx = self.specialize(key.clone())?;
        let wants = self.sess.specs.borrow()[idx].wants_const;
        if wants {
            let konsts: Vec<Option<Konst>> = bound.iter().map(|v| v.konst.clone()).collect();
            if konsts.iter().any(Option::is_some) {
                for (arg, konst) in key.args.iter_mut().zip(konsts) {
                    arg.1 = konst;
                }
                let idx = self.specialize(key)?;
                return Ok(self.planned(idx));
            }
            // Whoever calls this function may know it.
            self.wants_const = true;
        }
        Ok(self.planned(idx))
    }

    fn planned(&self, idx: usize) -> Plan {
        match &self.sess.specs.borrow()[idx].state {
            SpecState::Done(outcome) => Plan::Native(idx, outcome.clone()),
            SpecState::Open { assumed, .. } => {
                let nothing = Outcome {
                    result: None,
                    writes: vec![],
                    lends: false,
                };
                Plan::Native(idx, assumed.clone().unwrap_or(nothing))
            }
            SpecState::Python => Plan::Python,
        }
    }

    /// The specialization's number; lowers it if it is new.
    fn specialize(&mut self, key: SpecKey) -> Res<usize> {
        let sess = self.sess;
        let found = sess.specs.borrow().iter().position(|s| !s.stale && s.key == key);
        if let Some(idx) = found {
            if let SpecState::Open { recursive, .. } = &mut sess.specs.borrow_mut()[idx].state {
                *recursive = true;
            }
            return Ok(idx);
        }
        let n_open = sess
            .specs
            .borrow()
            .iter()
            .filter(|s| matches!(s.state, SpecState::Open { .. }))
            .count();
        let idx = sess.specs.borrow().len();
        sess.specs.borrow_mut().push(Spec {
            key: key.clone(),
            state: SpecState::Open {
                assumed: None,
                recursive: false,
            },
            func: None,
            diagnostics: Vec::new(),
            wants_const: false,
            stale: false,
        });
        let mut result = Err(self.unsupported(Why::WholeFunction, "calls nested without end"));
        if n_open < MAX_DEPTH {
            for _ in 0..MAX_ROUNDS {
                result = lower_spec(sess, idx, &key, self.conditional);
                for _ in 0..MAX_RESTARTS {
                    if !matches!(result, Err(Bail::Restart)) {
                        break;
                    }
                    result = lower_spec(sess, idx, &key, self.conditional);
                }
                let mut specs = sess.specs.borrow_mut();
                let SpecState::Open { assumed, recursive } = specs[idx].state.clone() else {
                    break;
                };
                let Ok((_, outcome)) = &result else { break };
                if !recursive || assumed.as_ref() == Some(outcome) {
                    break;
                }
                let outcome = outcome.clone();
                result = Err(self.unsupported(Why::WholeFunction, "a recursive function whose type keeps changing"));
                // What was lowered on the old assumption is wrong.
                specs[idx + 1..].iter_mut().for_each(|s| s.stale = true);
                specs[idx].state = SpecState::Open {
                    assumed: Some(outcome),
                    recursive: false,
                };
            }
        }
        let mut specs = sess.specs.borrow_mut();
        match result {
            Ok((cx, outcome)) => {
                specs[idx].state = SpecState::Done(outcome);
                specs[idx].wants_const = cx.wants_const;
                specs[idx].diagnostics = cx.diagnostics;
                specs[idx].func = Some(cx.b.func);
            }
            Err(Bail::Unsupported { why, reason, span, .. }) => {
                let name = &sess.scopes.decls[key.decl].name;
                let reason = format!("the function '{name}' runs in CPython: {reason}");
                specs[idx].state = SpecState::Python;
                specs[idx].wants_const = true;
                specs[idx].diagnostics = vec![Diagnostic {
                    problem: Problem::Fallback { why, reason },
                    span,
                    help: None,
                }];
            }
            Err(_) => specs[idx].state = SpecState::Python,
        }
        Ok(idx)
    }

    fn emit_call(&mut self, idx: usize, outcome: &Outcome, args: &[Val], outer: &BTreeMap<Key, Var>) -> Res {
        let mut values: Vec<ir::Value> = Vec::new();
        for arg in args {
            values.extend(&arg.vals);
        }
        for var in outer.values() {
            values.extend(&var.val.vals);
            values.extend(var.bound);
        }
        let gives = outcome.result.as_ref().is_some_and(may_hold_lists);
        if gives || outcome.lends || !outcome.writes.is_empty() {
            for list in args.iter().chain(outer.values().map(|var| &var.val)) {
                self.others_hold(list);
            }
        }
        let mut results: Vec<ir::Ty> = outcome.result.as_ref().map(Ty::repr).unwrap_or_default();
        for (_, written) in &outcome.writes {
            results.extend(written.ty.repr());
            if written.flagged {
                results.push(ir::Ty::BOOL);
            }
        }
        let call = Inst::Call {
            func: FuncId::from_u32(idx as u32),
            args: values,
        };
        let got = self.b.push(call, &results);
        let Some(ty) = &outcome.result else {
            self.b.terminate(Terminator::Unwind);
            return Err(Bail::Unreachable);
        };
        let mut got = got.into_iter();
        let result = Val::new(ty.clone(), got.by_ref().take(ty.width()).collect());
        for (key, written) in &outcome.writes {
            let val = Val::new(written.ty.clone(), got.by_ref().take(written.ty.width()).collect());
            let bound = if written.flagged { got.next() } else { None };
            Rc::make_mut(&mut self.env).insert(key.clone(), Var { val, bound });
        }
        Ok(result)
    }

    /// One value per parameter.
    fn bind_arguments(&mut self, func: &FuncTy, callee: &Val, args: &Args) -> Res<Vec<Val>> {
        let decl = func.decl;
        let info = &self.sess.scopes.decls[decl];
        let name = info.name.clone();
        let wrong = |cx: &mut Self, message: String| {
            let help = match info.code {
                Code::Def(_) => {
                    let params: Vec<&str> = info.params.iter().map(|p| p.name).collect();
                    Some(format!("its parameters are ({})", params.join(", ")))
                }
                _ => None,
            };
            Err(cx.wrong_arguments(message, help))
        };
        let mut slots: Vec<Option<Val>> = vec![None; info.params.len()];
        let n_positional = info.params.iter().filter(|p| p.positional).count();
        if args.pos.len() > n_positional && info.vararg.is_none() {
            let least = info
                .params
                .iter()
                .filter(|p| p.positional && p.default.is_none())
                .count();
            let takes = match least == n_positional {
                true => n_positional.to_string(),
                false => format!("from {least} to {n_positional}"),
            };
            let plural = if n_positional == 1 { "" } else { "s" };
            let were = if args.pos.len() == 1 { "was" } else { "were" };
            let message = format!(
                "{name}() takes {takes} positional argument{plural} but {} {were} given",
                args.pos.len()
            );
            return wrong(self, message);
        }
        for (slot, val) in slots.iter_mut().take(n_positional).zip(&args.pos) {
            *slot = Some(val.clone());
        }
        let mut more: Vec<(Rc<str>, Val)> = Vec::new();
        for (keyword, val) in &args.kw {
            match info.params.iter().position(|p| p.keyword && p.name == keyword) {
                Some(at) if slots[at].is_some() => {
                    return wrong(self, format!("{name}() got multiple values for argument '{keyword}'"));
                }
                Some(at) => slots[at] = Some(val.clone()),
                None if info.kwarg.is_some() => {
                    let val = self.materialize(val)?;
                    more.push((keyword.as_str().into(), val));
                }
                None => return wrong(self, format!("{name}() got an unexpected keyword argument '{keyword}'")),
            }
        }
        let mut missing = Vec::new();
        let mut out = Vec::new();
        for (slot, param) in slots.into_iter().zip(&info.params) {
            let val = match (slot, param.default) {
                (Some(val), _) => self.materialize(&val)?,
                (None, Some(default)) => match constant_default(default) {
                    true => {
                        let call = self.range.clone();
                        let val = self.lower_expr(default)?;
                        self.locate(call);
                        val
                    }
                    false => {
                        let key = default_key(info.parent, decl, param.name);
                        match captured(func, callee).into_iter().find(|(k, _)| *k == key) {
                            Some((_, val)) => val,
                            None => self.read_key(&key)?,
                        }
                    }
                },
                (None, None) => {
                    missing.push(format!("'{}'", param.name));
                    continue;
                }
            };
            if val.ty.is_iterator() {
                return Err(self.unsupported(Why::Expression, "an iterator passed to a function"));
            }
            out.push(self.materialize(&val)?);
        }
        if !missing.is_empty() {
            let plural = if missing.len() == 1 { "" } else { "s" };
            let names = match &missing[..] {
                [one] => one.clone(),
                [a, b] => format!("{a} and {b}"),
                [init @ .., last] => format!("{}, and {last}", init.join(", ")),
                [] => String::new(),
            };
            let message = format!(
                "{name}() missing {} required positional argument{plural}: {names}",
                missing.len()
            );
            return wrong(self, message);
        }
        if info.vararg.is_some() {
            let mut extra = Vec::new();
            for val in args.pos.iter().skip(n_positional) {
                extra.push(self.materialize(val)?);
            }
            out.push(Val::tuple(extra));
        }
        if info.kwarg.is_some() {
            let (names, vals): (Vec<Rc<str>>, Vec<Val>) = more.into_iter().unzip();
            let tys = vals.iter().map(|v| v.ty.clone());
            let keywords = Val {
                ty: Ty::Keywords(names.into_iter().zip(tys).collect()),
                ..Val::tuple(vals)
            };
            out.push(match info.kwarg_looked_up {
                true => keywords,
                false => self.dict_of(&keywords)?,
            });
        }
        Ok(out)
    }

    /// Ends the function: all returns meet, results and written variables leave.
    fn finish(&mut self, writes: &BTreeSet<Key>) -> Res<Outcome> {
        let returns: Vec<Edge> = std::mem::take(&mut self.returns);
        let merged = self.merge(returns, |key| writes.contains(key))?;
        let Some(vals) = merged else {
            return Ok(Outcome {
                result: None,
                writes: vec![],
                lends: self.lends,
            });
        };
        let result = vals[0].clone();
        let mut leaving = result.vals.clone();
        let mut written = Vec::new();
        for key in writes {
            let Some(var) = self.env.get(key).cloned() else {
                continue;
            };
            leaving.extend(&var.val.vals);
            leaving.extend(var.bound);
            let ty = OuterTy {
                ty: var.val.ty.clone(),
                konst: None,
                flagged: var.bound.is_some(),
            };
            written.push((key.clone(), ty));
        }
        self.b.func.results = leaving.iter().map(|&v| self.b.ty(v)).collect();
        self.b.terminate(Terminator::Return(leaving));
        Ok(Outcome {
            result: Some(result.ty),
            writes: written,
            lends: self.lends,
        })
    }
}

/// Lowers the body of a specialization.
fn lower_spec<'a>(
    sess: &'a crate::session::Session<'a>,
    idx: usize,
    key: &SpecKey,
    conditional: usize,
) -> Res<(FnLower<'a>, Outcome)> {
    let info = &sess.scopes.decls[key.decl];
    let symbol: String = info
        .name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    let mut cx = FnLower::new(sess, key.decl, &format!("{symbol}_{idx}"));
    cx.locate(info.range.clone());
    cx.conditional = conditional;
    let entry = cx.b.block;
    let mut env = super::Env::new();
    let mut lists = BTreeSet::new();
    let names = info.params.iter().map(|p| p.name).chain(info.vararg).chain(info.kwarg);
    for (name, (ty, konst)) in names.zip(&key.args) {
        let mut val = cx.param_val(entry, ty);
        val.konst = konst.clone();
        note_lists(&val, &mut lists);
        if let [only] = val.vals[..] {
            cx.b.func.names[only] = Some(name.to_owned());
        }
        env.insert(Key::new(key.decl, name), Var { val, bound: None });
    }
    for (outer, ty) in &key.outer {
        let mut val = cx.param_val(entry, &ty.ty);
        val.konst = ty.konst.clone();
        note_lists(&val, &mut lists);
        let bound = ty.flagged.then(|| cx.b.func.add_block_param(entry, ir::Ty::BOOL));
        env.insert(outer.clone(), Var { val, bound });
    }
    cx.env = Rc::new(env);
    cx.foreign_lists = lists;
    let writes = writes_of(&cx, key);
    let ended = match info.code {
        Code::Lambda(lambda) => match cx.lower_expr(&lambda.body) {
            Ok(val) => {
                let val = cx.materialize(&val)?;
                let val = cx.capture(&val)?;
                let edge = cx.edge(vec![val]);
                cx.returns.push(edge);
                Err(Bail::Unreachable)
            }
            Err(bail) => Err(bail),
        },
        _ => cx.lower_stmts(info.body()),
    };
    match ended {
        Ok(()) => {
            let edge = cx.edge(vec![Val::none()]);
            cx.returns.push(edge);
        }
        Err(Bail::Unreachable) => {}
        Err(bail) => return Err(bail),
    }
    let outcome = cx.finish(&writes)?;
    Ok((cx, outcome))
}

/// Outer variables that a call may change: its own, and those of all functions in reach.
fn writes_of(cx: &FnLower<'_>, key: &SpecKey) -> BTreeSet<Key> {
    let decls = &cx.sess.scopes.decls;
    let mut pending = vec![key.decl];
    for (ty, _) in &key.args {
        functions_in(ty, &mut pending);
    }
    for (_, outer) in &key.outer {
        functions_in(&outer.ty, &mut pending);
    }
    let mut writes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(decl) = pending.pop() {
        if seen.insert(decl) {
            writes.extend(decls[decl].writes.iter().filter(|k| k.owner != key.decl).cloned());
        }
    }
    writes
}

/// The variables that a function took along, with their values.
pub fn captured(func: &FuncTy, val: &Val) -> Vec<(Key, Val)> {
    let mut at = 0;
    let captures = func.captures.iter();
    captures
        .map(|(key, ty)| {
            let vals = val.vals[at..at + ty.width()].to_vec();
            at += vals.len();
            (key.clone(), Val::new(ty.clone(), vals))
        })
        .collect()
}

fn functions_in(ty: &Ty, out: &mut Vec<usize>) {
    match ty {
        Ty::Func(func) => {
            out.push(func.decl);
            func.captures.iter().for_each(|(_, t)| functions_in(t, out));
        }
        Ty::Tuple(parts) | Ty::Union(parts) => parts.iter().for_each(|t| functions_in(t, out)),
        Ty::Keywords(parts) => parts.iter().for_each(|(_, t)| functions_in(t, out)),
        _ => {}
    }
}

fn may_hold_lists(ty: &Ty) -> bool {
    match ty {
        Ty::Tuple(parts) | Ty::Union(parts) => parts.iter().any(may_hold_lists),
        Ty::List(_) | Ty::Obj | Ty::Func(_) | Ty::Method(..) | Ty::Keywords(_) => true,
        other => other.is_iterator(),
    }
}

fn note_lists(val: &Val, out: &mut BTreeSet<ir::Value>) {
    match &val.ty {
        Ty::List(_) => out.extend(&val.vals),
        Ty::Tuple(_) => val
            .elements()
            .unwrap_or_default()
            .iter()
            .for_each(|e| note_lists(e, out)),
        _ => {}
    }
}
