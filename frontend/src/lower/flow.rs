//! Control flow: edges, and the joins where they meet.

use super::{Env, FnLower, Res, Var};
use crate::diag::Why;
use crate::scope::Key;
use crate::types::{self, Ty};
use crate::val::{Konst, Val};
use lnp_ir as ir;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A way out of some code: a block that is not ended yet, with what holds at its end.
#[derive(Clone, Debug)]
pub struct Edge {
    pub block: ir::Block,
    pub env: Rc<Env>,
    pub vals: Vec<Val>,
}

/// The representation of a joined value and whether it carries a `bound` flag.
#[derive(Clone, Debug, PartialEq)]
pub struct Phi {
    pub ty: Ty,
    pub flagged: bool,
}

impl<'a> FnLower<'a> {
    /// The current point as an edge.
    pub fn edge(&self, vals: Vec<Val>) -> Edge {
        Edge {
            block: self.b.block,
            env: self.env.clone(),
            vals,
        }
    }

    /// Continues at the end of an edge.
    pub fn follow(&mut self, edge: &Edge) {
        self.b.switch_to(edge.block);
        self.env = edge.env.clone();
    }

    /// Joins edges: the current block becomes one that all of them lead to. Variables that
    /// `keep` rejects are forgotten. `None` when there is no edge: what follows is dead.
    pub fn merge(&mut self, edges: Vec<Edge>, keep: impl Fn(&Key) -> bool) -> Res<Option<Vec<Val>>> {
        let [first, rest @ ..] = &edges[..] else {
            return Ok(None);
        };
        if rest.is_empty() {
            self.follow(first);
            return Ok(Some(first.vals.clone()));
        }
        let keys: BTreeSet<&Key> = edges.iter().flat_map(|e| e.env.keys()).filter(|k| keep(k)).collect();
        let mut env = Env::new();
        let mut phis: Vec<(Key, Phi)> = Vec::new();
        for key in keys {
            let vars: Vec<Option<&Var>> = edges.iter().map(|e| e.env.get(key)).collect();
            if let Some(var) = same_var(&vars) {
                env.insert(key.clone(), var);
            } else {
                let phi = join_vars(&vars);
                self.note_join(key, &phi, &vars)?;
                phis.push((key.clone(), phi));
            }
        }
        let n_vals = first.vals.len();
        let val_tys: Vec<Ty> = (0..n_vals)
            .map(|k| edges.iter().fold(Ty::Bottom, |ty, e| types::join(&ty, &e.vals[k].ty)))
            .collect();
        let target = self.b.func.new_block();
        for edge in &edges {
            self.follow(edge);
            let mut args = Vec::new();
            for (val, ty) in edge.vals.iter().zip(&val_tys) {
                args.extend(self.convert(val, ty)?);
            }
            for (key, phi) in &phis {
                args.extend(self.phi_args(edge.env.get(key), phi)?);
            }
            self.b.jump(target, args);
        }
        self.b.switch_to(target);
        let mut vals = Vec::new();
        for (k, ty) in val_tys.iter().enumerate() {
            let mut val = self.param_val(target, ty);
            edges.iter().for_each(|e| self.made_of(&val, &[&e.vals[k]]));
            val.konst = common_konst(edges.iter().map(|e| &e.vals[k]));
            vals.push(val);
        }
        for (key, phi) in phis {
            let mut val = self.param_val(target, &phi.ty);
            for edge in &edges {
                if let Some(var) = edge.env.get(&key) {
                    self.made_of(&val, &[&var.val]);
                }
            }
            let konsts: Option<Vec<&Val>> = edges.iter().map(|e| e.env.get(&key).map(|v| &v.val)).collect();
            val.konst = konsts.and_then(|vals| common_konst(vals.into_iter()));
            let bound = phi.flagged.then(|| self.b.func.add_block_param(target, ir::Ty::BOOL));
            env.insert(key, Var { val, bound });
        }
        self.env = Rc::new(env);
        Ok(Some(vals))
    }

    /// Joins edges with all variables kept.
    pub fn merge_all(&mut self, edges: Vec<Edge>) -> Res<Option<Vec<Val>>> {
        self.merge(edges, |_| true)
    }

    /// A value whose SSA values are new parameters of a block.
    pub fn param_val(&mut self, block: ir::Block, ty: &Ty) -> Val {
        let vals = ty
            .repr()
            .into_iter()
            .map(|t| self.b.func.add_block_param(block, t))
            .collect();
        Val::new(ty.clone(), vals)
    }

    /// What an edge passes for a joined variable; dummies where it is unbound.
    pub fn phi_args(&mut self, var: Option<&Var>, phi: &Phi) -> Res<Vec<ir::Value>> {
        let mut args = match var {
            Some(var) => self.convert(&var.val, &phi.ty)?,
            None => self.dummies(&phi.ty),
        };
        if phi.flagged {
            args.push(match var {
                Some(Var { bound: Some(flag), .. }) => *flag,
                Some(_) => self.b.bool(true),
                None => self.b.bool(false),
            });
        }
        Ok(args)
    }

    /// Tells of a variable that becomes an object here. Lists of several types start over with
    /// one that has them all.
    pub fn note_join(&mut self, key: &Key, phi: &Phi, vars: &[Option<&Var>]) -> Res<()> {
        let lists: Vec<Val> = vars.iter().flatten().map(|v| v.val.clone()).collect();
        if phi.ty == Ty::Obj && lists.iter().all(|v| matches!(v.ty, Ty::List(_))) {
            let mut elem = Ty::Bottom;
            for list in &lists {
                if let Ty::List(one) = &list.ty {
                    elem = types::join(&elem, one);
                }
            }
            let restarts: Vec<_> = lists.iter().filter_map(|list| self.widen_list(list, &elem)).collect();
            if let Some(restart) = restarts.into_iter().next() {
                return Err(restart);
            }
        }
        let native = vars
            .iter()
            .flatten()
            .any(|v| v.val.ty != Ty::Obj && v.val.ty != Ty::Bottom);
        if phi.ty == Ty::Obj && native && vars.iter().flatten().all(|v| v.val.ty != Ty::Obj) {
            let tys: BTreeSet<String> = vars.iter().flatten().map(|v| v.val.ty.python_name()).collect();
            let tys: Vec<String> = tys.into_iter().collect();
            let reason = format!(
                "'{}' has types without a common native form here: {}",
                key.name,
                tys.join(", ")
            );
            self.warn(Why::Mixed, reason, self.range.clone());
        }
        Ok(())
    }
}

/// The variable that all edges agree on.
fn same_var(vars: &[Option<&Var>]) -> Option<Var> {
    let first = (*vars.first()?)?;
    let same = |v: &Option<&Var>| {
        v.is_some_and(|v| v.val.ty == first.val.ty && v.val.vals == first.val.vals && v.bound == first.bound)
    };
    if !vars.iter().all(same) {
        return None;
    }
    let mut var = first.clone();
    var.val.konst = common_konst(vars.iter().flatten().map(|v| &v.val));
    Some(var)
}

/// The join of a variable's types over some edges.
pub fn join_vars(vars: &[Option<&Var>]) -> Phi {
    Phi {
        ty: vars
            .iter()
            .flatten()
            .fold(Ty::Bottom, |ty, v| types::join(&ty, &v.val.ty)),
        flagged: vars.iter().any(|v| v.is_none_or(|v| v.bound.is_some())),
    }
}

fn common_konst<'v>(mut vals: impl Iterator<Item = &'v Val> + Clone) -> Option<Konst> {
    // On one way is enough: it says what must not be done.
    if vals.clone().any(|v| v.konst == Some(Konst::Part)) {
        return Some(Konst::Part);
    }
    let konst = vals.next()?.konst.clone()?;
    vals.all(|v| v.konst.as_ref() == Some(&konst)).then_some(konst)
}
