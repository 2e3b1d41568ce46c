//! Functions that CPython keeps: in a dict, in a list of functions, in an object.
//!
//! Such a function is called later, when its free variables may have changed, and Python looks
//! them up then. A function that became an object has their values of the moment, so that is
//! right only for variables that do not change any more. Where they may, more runs in CPython.

use super::{FnLower, Res, Var};
use crate::diag::Why;
use crate::scope::{Binds, Key, address, each_parts};
use crate::types::{FuncTy, Ty};
use crate::walk::Names;
use std::collections::BTreeSet;
use std::ops::Range;

impl<'a> FnLower<'a> {
    /// Converts operands that the CPython code at hand uses up (`lent`) or may keep.
    pub fn lending<T>(&mut self, lent: bool, convert: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.lent, lent);
        let done = convert(self);
        self.lent = before;
        done
    }

    /// Refuses to run a piece of source in CPython whose functions would miss later changes.
    pub fn check_kept(&mut self, names: &Names<'a>, range: &Range<usize>, is_stmt: bool) -> Res<()> {
        let scopes = &self.sess.scopes;
        let lambdas = names.kept_lambdas.iter().map(|&node| address(node));
        let made: Vec<usize> = lambdas
            .chain(names.defs.iter().map(|&node| address(node)))
            .filter_map(|node| scopes.at.get(&node).copied())
            .collect();
        for decl in made {
            for key in scopes.decls[decl].reads.clone() {
                match each_parts(&key.name).1 {
                    // The comprehension is part of the source.
                    Some(at) if range.contains(&at) => {}
                    _ if is_stmt && key.owner != 0 => return Err(self.unsettled(&key)),
                    _ => self.check_key(&key, &mut BTreeSet::new())?,
                }
            }
        }
        // Even what is used up at once may be called only when the name is bound.
        let stores = names.stores_set();
        for (lambda, _) in &names.lambdas {
            let decl = scopes.at.get(&address(*lambda)).copied();
            for key in decl.map(|d| scopes.decls[d].reads.clone()).unwrap_or_default() {
                let (name, each) = each_parts(&key.name);
                if each.is_none() && !stores.contains(name) && !self.env.contains_key(&key) {
                    self.check_key(&key, &mut BTreeSet::new())?;
                }
            }
        }
        // A generator expression looks its names up as it goes.
        for &generator in &names.kept_generators {
            for name in Names::of_expr(generator).loads_set() {
                match self.resolve(name) {
                    Some(key) if is_stmt && key.owner != 0 => return Err(self.unsettled(&key)),
                    Some(key) => self.check_key(&key, &mut BTreeSet::new())?,
                    None => {}
                }
            }
        }
        for name in &names.kept {
            let var = self.resolve(name).and_then(|key| self.env.get(&key));
            if let Some(Ty::Func(func)) = var.map(|v| v.val.ty.clone()) {
                self.check_settled(&func)?;
            }
        }
        Ok(())
    }

    /// The free variables of a function that becomes an object do not change any more.
    pub fn check_settled(&mut self, func: &FuncTy) -> Res<()> {
        let mut seen = BTreeSet::from([func.decl]);
        for key in self.sess.scopes.decls[func.decl].reads.clone() {
            if func.captures.iter().all(|(captured, _)| *captured != key) {
                self.check_key(&key, &mut seen)?;
            }
        }
        Ok(())
    }

    /// The functions that a function makes in CPython find the module's variables there.
    pub fn check_inner(&mut self, decl: usize) -> Res<()> {
        let decls = &self.sess.scopes.decls;
        let mut inside = BTreeSet::from([decl]);
        for (idx, inner) in decls.iter().enumerate().skip(1) {
            if !inside.contains(&inner.parent) {
                continue;
            }
            inside.insert(idx);
            for key in inner.reads.iter().filter(|k| k.owner == 0 && inner.kept) {
                self.check_key(key, &mut BTreeSet::new())?;
            }
        }
        Ok(())
    }

    fn check_key(&mut self, key: &Key, seen: &mut BTreeSet<usize>) -> Res<()> {
        let Some(function) = self.settled(key) else {
            return Err(self.unsettled(key));
        };
        let Some(decl) = function.filter(|decl| seen.insert(*decl)) else {
            return Ok(());
        };
        for key in self.sess.scopes.decls[decl].reads.clone() {
            if key.owner == 0 {
                self.check_key(&key, seen)?;
            }
        }
        Ok(())
    }

    pub fn unsettled(&self, key: &Key) -> super::Bail {
        let (name, each) = each_parts(&key.name);
        let reason = format!("CPython keeps a function whose variable '{name}' may change");
        match (key.owner, each) {
            (0, None) => self.give_up(&reason),
            (_, None) => self.unsupported(Why::WholeFunction, reason),
            (_, Some(_)) => self.unsupported(Why::Expression, reason),
        }
    }

    /// `None` for a variable that may still change; else the module's function that it is, if it
    /// is one.
    pub fn settled(&self, key: &Key) -> Option<Option<usize>> {
        let scopes = &self.sess.scopes;
        let binds: Binds = *scopes.decls[key.owner].binds.get(&*key.name)?;
        let once = binds.count == 1 && binds.last != usize::MAX;
        let published = key.owner == 0 && scopes.visible.contains(&*key.name);
        let Some(Var { val, bound: None }) = self.env.get(key) else {
            let function = self.module_function(&key.name).filter(|_| once && key.owner == 0);
            return (published || function.is_some()).then_some(function);
        };
        let function = match &val.ty {
            Ty::Func(func) => Some(func.decl),
            _ => None,
        };
        let past = key.owner == self.decl && binds.last < self.range.start;
        (published || once || past).then_some(function)
    }
}
