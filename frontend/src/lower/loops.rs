//! Loops: the types at the header are guessed, and widened until the body agrees.

use super::convert::sig;
use super::flow::{Phi, join_vars};
use super::iterate::Iter;
use super::{Bail, Edge, FnLower, LoopCtx, Res, Var};
use crate::diag::Why;
use crate::scope::Key;
use crate::types::{self, Ty};
use crate::val::Val;
use crate::walk::{Names, range_of};
use lnp_ir::{self as ir, Rt, ScalarOp};
use rustpython_parser::ast::{self, Stmt};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Attempts before a loop is given to CPython.
const MAX_ATTEMPTS: usize = 16;
/// The longest tuple that a loop over it is unrolled for.
const MAX_UNROLLED: usize = 16;

/// Edges into a loop's body, and edges out of the loop.
type Split = (Vec<Edge>, Vec<Edge>);

/// The parts of a loop, each run once per attempt.
pub struct Parts<'p, 'a> {
    pub test: &'p mut dyn FnMut(&mut FnLower<'a>) -> Res<Split>,
    pub body: &'p mut dyn FnMut(&mut FnLower<'a>) -> Res<()>,
    /// Before the jump back.
    pub latch: &'p mut dyn FnMut(&mut FnLower<'a>),
    /// Variables that the loop surely changes.
    pub assigned: BTreeSet<Key>,
    /// Variables that the header needs.
    pub live: &'p dyn Fn(&Key) -> bool,
}

impl<'a> FnLower<'a> {
    /// Lowers a loop; gives the edges of its normal end and of its breaks.
    pub fn run_loop(&mut self, parts: &mut Parts<'_, 'a>) -> Res<(Vec<Edge>, Vec<Edge>)> {
        let start = self.checkpoint();
        let entry = self.env.clone();
        let mut phis: BTreeMap<Key, Phi> = BTreeMap::new();
        for key in &parts.assigned {
            if let (true, Some(var)) = ((parts.live)(key), entry.get(key)) {
                phis.insert(key.clone(), join_vars(&[Some(var)]));
            }
        }
        for _ in 0..MAX_ATTEMPTS {
            let (header, head_env) = self.open_header(&entry, &phis, parts.live)?;
            let (into, out) = (parts.test)(self)?;
            self.loops.push(LoopCtx::default());
            let mut ends = Vec::new();
            if self.merge_all(into)?.is_some() {
                match self.conditionally(|cx| (parts.body)(cx)) {
                    Ok(()) if !self.is_dead() => ends.push(self.edge(vec![])),
                    Ok(()) | Err(Bail::Unreachable) => {}
                    Err(bail) => return Err(bail),
                }
            }
            let ctx = self.loops.pop().unwrap_or_default();
            ends.extend(ctx.continues);
            let back = match self.merge(ends, parts.live)? {
                Some(_) => {
                    (parts.latch)(self);
                    Some(self.edge(vec![]))
                }
                None => None,
            };
            let next = match &back {
                Some(back) => widened(&phis, &head_env, &back.env, parts.live),
                None => phis.clone(),
            };
            if next == phis {
                if let Some(back) = back {
                    self.follow(&back);
                    let mut args = Vec::new();
                    for (key, phi) in &phis {
                        args.extend(self.phi_args(back.env.get(key), phi)?);
                    }
                    self.b.jump(header, args);
                }
                return Ok((out, ctx.breaks));
            }
            let next = scalars_first(&phis, &head_env, next);
            for (key, phi) in &next {
                if phi.ty == Ty::Obj && phis.get(key).is_none_or(|p| p.ty != Ty::Obj) {
                    let vars = [entry.get(key), back.as_ref().and_then(|b| b.env.get(key))];
                    let vars: Vec<Option<Var>> = vars.into_iter().map(|v| v.cloned()).collect();
                    self.rollback(&start);
                    let refs: Vec<Option<&Var>> = vars.iter().map(Option::as_ref).collect();
                    self.note_join(key, phi, &refs)?;
                }
            }
            self.rollback(&start);
            phis = next;
        }
        Err(self.unsupported(Why::Mixed, "the types in this loop keep changing"))
    }

    /// The header block, entered from here, with its parameters bound.
    fn open_header(
        &mut self,
        entry: &Rc<super::Env>,
        phis: &BTreeMap<Key, Phi>,
        live: &dyn Fn(&Key) -> bool,
    ) -> Res<(ir::Block, Rc<super::Env>)> {
        let mut args = Vec::new();
        for (key, phi) in phis {
            args.extend(self.phi_args(entry.get(key), phi)?);
        }
        let header = self.b.func.new_block();
        self.b.jump(header, args);
        self.b.switch_to(header);
        let mut env: super::Env = entry
            .iter()
            .filter(|(k, _)| live(k))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect();
        for (key, phi) in phis {
            let val = self.param_val(header, &phi.ty);
            if let Some(var) = entry.get(key) {
                self.made_of(&val, &[&var.val]);
            }
            let bound = phi.flagged.then(|| self.b.func.add_block_param(header, ir::Ty::BOOL));
            env.insert(key.clone(), Var { val, bound });
        }
        self.env = Rc::new(env);
        Ok((header, self.env.clone()))
    }

    /// Which variables are needed where control flow joins after or at a statement.
    pub fn keep(live: Rc<BTreeSet<&'a str>>, decl: usize) -> impl Fn(&Key) -> bool + use<'a> {
        move |key| key.owner != decl || key.name.starts_with('.') || live.contains(&*key.name)
    }

    fn assigned_in(&self, stmt: &'a Stmt) -> BTreeSet<Key> {
        let names = Names::of_stmt(stmt);
        let stores = names.stores_set();
        stores.into_iter().filter_map(|n| self.resolve(n)).collect()
    }

    pub fn while_loop(&mut self, stmt: &'a Stmt, s: &'a ast::StmtWhile) -> Res<()> {
        let liveness = &self.sess.scopes.decls[self.decl].liveness;
        let keep_head = Self::keep(liveness.head(stmt), self.decl);
        let (out, breaks) = self.run_loop(&mut Parts {
            test: &mut |cx| cx.branch_on(&s.test),
            body: &mut |cx| cx.lower_stmts(&s.body),
            latch: &mut |_| {},
            assigned: self.assigned_in(stmt),
            live: &keep_head,
        })?;
        self.end_loop(stmt, out, breaks, &s.orelse)
    }

    /// The `else` clause, then the join with the breaks.
    fn end_loop(&mut self, stmt: &'a Stmt, out: Vec<Edge>, breaks: Vec<Edge>, orelse: &'a [Stmt]) -> Res<()> {
        let mut ends = breaks;
        if self.merge_all(out)?.is_some() {
            match self.lower_stmts(orelse) {
                Ok(()) if !self.is_dead() => ends.push(self.edge(vec![])),
                Ok(()) | Err(Bail::Unreachable) => {}
                Err(bail) => return Err(bail),
            }
        }
        let liveness = &self.sess.scopes.decls[self.decl].liveness;
        let keep = Self::keep(liveness.after(stmt), self.decl);
        match self.merge(ends, keep)? {
            Some(_) => Ok(()),
            None => Err(Bail::Unreachable),
        }
    }

    pub fn for_loop(&mut self, stmt: &'a Stmt, s: &'a ast::StmtFor) -> Res<()> {
        let subject = self.lower_expr(&s.iter)?;
        self.locate(range_of(&*s.iter));
        let start = self.checkpoint();
        let fixed = self.static_elements(&subject).filter(|e| e.len() <= MAX_UNROLLED);
        if let Some(elems) = &fixed {
            let joined = elems.iter().fold(Ty::Bottom, |ty, e| types::join(&ty, &e.ty));
            if joined != Ty::Bottom && sig(&joined).is_none() {
                return self.for_unrolled(stmt, s, elems);
            }
        }
        let wanted = std::mem::replace(&mut self.wants_const, false);
        let looped = self.for_by_position(stmt, s, &subject);
        // A body that needs the element known at compile time gets each one on its own.
        let retry = self.wants_const || matches!(looped, Err(Bail::Unsupported { .. }));
        self.wants_const |= wanted;
        match fixed {
            Some(elems) if retry => {
                self.rollback(&start);
                self.wants_const = wanted;
                self.for_unrolled(stmt, s, &elems)
            }
            _ => looped,
        }
    }

    fn for_by_position(&mut self, stmt: &'a Stmt, s: &'a ast::StmtFor, subject: &Val) -> Res<()> {
        if subject.ty == Ty::Obj {
            return self.for_object(stmt, s, subject);
        }
        if let Ty::Union(_) = subject.ty {
            let subject = self.to_obj(subject)?;
            return self.for_object(stmt, s, &subject);
        }
        let iter = self.iter(subject)?;
        let liveness = &self.sess.scopes.decls[self.decl].liveness;
        let keep_head = Self::keep(liveness.head(stmt), self.decl);
        let assigned = self.assigned_in(stmt);
        let (out, breaks) = self.count_loop(&iter, assigned, &keep_head, &mut |cx, elem| {
            cx.assign(&s.target, elem)?;
            cx.lower_stmts(&s.body)
        })?;
        self.end_loop(stmt, out, breaks, &s.orelse)
    }

    /// Runs `body` on each element of `iter` in order.
    pub fn count_loop(
        &mut self,
        iter: &Iter,
        mut assigned: BTreeSet<Key>,
        live: &dyn Fn(&Key) -> bool,
        body: &mut dyn FnMut(&mut Self, &Val) -> Res<()>,
    ) -> Res<(Vec<Edge>, Vec<Edge>)> {
        let counter = self.temp_key("i");
        let zero = self.int(0);
        self.set_key(counter.clone(), zero);
        assigned.insert(counter.clone());
        // A list may grow while it is iterated over; nothing else changes its length.
        let fixed_len = (!has_list(iter)).then(|| self.iter_len(iter));
        let (mut out, mut breaks) = self.run_loop(&mut Parts {
            test: &mut |cx| {
                let i = cx.read_key(&counter)?.value();
                let len = match fixed_len {
                    Some(len) => len,
                    None => cx.iter_len(iter),
                };
                let more = cx.b.scalar(ScalarOp::Lt, &[i, len]);
                let (yes, no) = (cx.b.func.new_block(), cx.b.func.new_block());
                cx.b.branch(more, yes, no);
                let edge = |block| Edge {
                    block,
                    env: cx.env.clone(),
                    vals: vec![],
                };
                Ok((vec![edge(yes)], vec![edge(no)]))
            },
            body: &mut |cx| {
                let i = cx.read_key(&counter)?.value();
                let elem = cx.iter_get(iter, i)?;
                body(cx, &elem)
            },
            latch: &mut |cx| {
                if let Some(var) = cx.env.get(&counter).cloned() {
                    let one = cx.b.i64(1);
                    let next = cx.b.scalar(ScalarOp::Add, &[var.val.value(), one]);
                    cx.set_key(counter.clone(), Val::one(Ty::Int, next));
                }
            },
            assigned,
            live,
        })?;
        for edge in out.iter_mut().chain(&mut breaks) {
            Rc::make_mut(&mut edge.env).remove(&counter);
        }
        Ok((out, breaks))
    }

    /// A loop over a CPython iterable, by its iterator.
    fn for_object(&mut self, stmt: &'a Stmt, s: &'a ast::StmtFor, subject: &Val) -> Res<()> {
        let span = range_of(&*s.iter);
        self.warn(Why::Object, "iterating over a CPython object", span);
        let iterator = self.py_expr("iter(_a)", &[("_a", subject)])?;
        let key = self.temp_key("it");
        let next = self.temp_key("next");
        self.set_key(key.clone(), iterator);
        let liveness = &self.sess.scopes.decls[self.decl].liveness;
        let keep_head = Self::keep(liveness.head(stmt), self.decl);
        let (mut out, mut breaks) = self.run_loop(&mut Parts {
            test: &mut |cx| {
                let iterator = cx.read_key(&key)?;
                let pair = cx.py_expr("__lnp_next__(_a)", &[("_a", &iterator)])?;
                let item = |cx: &mut Self, k: i64| {
                    let args = vec![ir::Arg::Value(pair.value()), ir::Arg::Imm(k)];
                    cx.rt(Rt::PyItem, args, Ty::Obj)
                };
                let more = item(cx, 0);
                let more = cx.typed(&more, &Ty::Bool)?;
                let elem = item(cx, 1);
                cx.set_key(next.clone(), elem);
                let (yes, no) = (cx.b.func.new_block(), cx.b.func.new_block());
                cx.b.branch(more.value(), yes, no);
                let edge = |block| Edge {
                    block,
                    env: cx.env.clone(),
                    vals: vec![],
                };
                Ok((vec![edge(yes)], vec![edge(no)]))
            },
            body: &mut |cx| {
                let elem = cx.read_key(&next)?;
                Rc::make_mut(&mut cx.env).remove(&next);
                cx.assign(&s.target, &elem)?;
                cx.lower_stmts(&s.body)
            },
            latch: &mut |_| {},
            assigned: self.assigned_in(stmt),
            live: &keep_head,
        })?;
        for edge in out.iter_mut().chain(&mut breaks) {
            let env = Rc::make_mut(&mut edge.env);
            env.remove(&key);
            env.remove(&next);
        }
        self.end_loop(stmt, out, breaks, &s.orelse)
    }

    /// One copy of the body per element.
    fn for_unrolled(&mut self, stmt: &'a Stmt, s: &'a ast::StmtFor, elems: &[Val]) -> Res<()> {
        let mut breaks = Vec::new();
        let mut alive = true;
        for elem in elems {
            self.loops.push(LoopCtx::default());
            let result = self.assign(&s.target, elem).and_then(|()| self.lower_stmts(&s.body));
            let ctx = self.loops.pop().unwrap_or_default();
            let mut ends = ctx.continues;
            match result {
                Ok(()) if !self.is_dead() => ends.push(self.edge(vec![])),
                Ok(()) | Err(Bail::Unreachable) => {}
                Err(bail) => return Err(bail),
            }
            breaks.extend(ctx.breaks);
            alive = self.merge_all(ends)?.is_some();
            if !alive {
                break;
            }
        }
        let out = if alive { vec![self.edge(vec![])] } else { vec![] };
        self.end_loop(stmt, out, breaks, &s.orelse)
    }

    pub fn break_loop(&mut self) -> Res<()> {
        let edge = self.edge(vec![]);
        if let Some(ctx) = self.loops.last_mut() {
            ctx.breaks.push(edge);
        }
        Err(Bail::Unreachable)
    }

    pub fn continue_loop(&mut self) -> Res<()> {
        let edge = self.edge(vec![]);
        if let Some(ctx) = self.loops.last_mut() {
            ctx.continues.push(edge);
        }
        Err(Bail::Unreachable)
    }
}

fn has_list(iter: &Iter) -> bool {
    match iter {
        Iter::Sequence(val) => matches!(val.ty, Ty::List(_)),
        Iter::Enumerate { inner, .. } => has_list(inner),
        Iter::Zip(iters) => iters.iter().any(has_list),
        Iter::Range { .. } | Iter::Reversed { .. } => false,
    }
}

/// Lists that only got their first elements wait while other types still grow: an element
/// type from too narrow a guess would stick.
fn scalars_first(phis: &BTreeMap<Key, Phi>, head: &super::Env, next: BTreeMap<Key, Phi>) -> BTreeMap<Key, Phi> {
    let fresh = |key: &Key, phi: &Phi| {
        let before = phis.get(key).map(|p| &p.ty).or(head.get(key).map(|v| &v.val.ty));
        phis.get(key) != Some(phi) && before == Some(&Ty::list(Ty::Bottom)) && matches!(phi.ty, Ty::List(_))
    };
    let others = next
        .iter()
        .any(|(key, phi)| phis.get(key) != Some(phi) && !fresh(key, phi));
    if !others {
        return next;
    }
    next.into_iter()
        .filter_map(|(key, phi)| match fresh(&key, &phi) {
            true => phis.get(&key).map(|old| (key.clone(), old.clone())),
            false => Some((key, phi)),
        })
        .collect()
}

/// The header's variables after a turn: those that changed, with the types of both ways in.
fn widened(
    phis: &BTreeMap<Key, Phi>,
    head: &super::Env,
    back: &super::Env,
    live: &dyn Fn(&Key) -> bool,
) -> BTreeMap<Key, Phi> {
    let mut next = phis.clone();
    let keys: BTreeSet<&Key> = head.keys().chain(back.keys()).filter(|k| live(k)).collect();
    for key in keys {
        let (before, after) = (head.get(key), back.get(key));
        let same = match (before, after) {
            (Some(a), Some(b)) => a.val.ty == b.val.ty && a.val.vals == b.val.vals && a.bound == b.bound,
            _ => false,
        };
        if same && !phis.contains_key(key) {
            continue;
        }
        let joined = join_vars(&[before, after]);
        next.insert(key.clone(), joined);
    }
    next
}
