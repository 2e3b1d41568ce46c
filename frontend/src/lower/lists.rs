//! Where lists are made, so that a list that turns out to need a wider element type gets it at
//! its making.
//!
//! A list's elements have one signature, from its first element on. When an element of
//! another type arrives, the function is lowered again with the wider type known at the
//! place where the list is made ([`super::Bail::Restart`]).

use super::convert::sig;
use super::{Bail, FnLower, Res};
use crate::types::{self, Ty};
use crate::val::Val;
use lnp_ir as ir;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A list display or comprehension: the function, where it stands in the source, and how deep
/// it is in other displays.
pub type Site = (usize, usize, usize);

/// Where the lists of a function come from. Never rolled back: values are not reused.
#[derive(Debug, Default)]
pub struct Origins {
    of: HashMap<ir::Value, BTreeSet<Site>>,
    /// Of the lists in the lists of a site.
    inner: BTreeMap<Site, BTreeSet<Site>>,
    /// Sites whose lists others hold: they were put into a container.
    escaped: BTreeSet<Site>,
}

impl<'a> FnLower<'a> {
    fn sites(&self, val: &Val) -> BTreeSet<Site> {
        match (&val.ty, &val.vals[..]) {
            (Ty::List(_), [list]) => self.origins.of.get(list).cloned().unwrap_or_default(),
            _ => BTreeSet::new(),
        }
    }

    /// Notes that a list is made here.
    pub fn made_here(&mut self, list: &Val) {
        if let (Ty::List(_), [value]) = (&list.ty, &list.vals[..]) {
            let site = (self.decl, self.range.start, self.display_depth);
            self.origins.of.entry(*value).or_default().insert(site);
        }
    }

    /// The element type that the list made here is to have, at least; displays in it too.
    pub fn hinted(&self, elem: Ty) -> Ty {
        self.hinted_at(elem, self.display_depth)
    }

    fn hinted_at(&self, elem: Ty, depth: usize) -> Ty {
        let site = (self.decl, self.range.start, depth);
        let joined = match self.sess.hints.borrow().get(&site) {
            Some(hint) => types::join(&elem, hint),
            None => elem,
        };
        match joined {
            Ty::List(inner) => Ty::list(self.hinted_at(*inner, depth + 1)),
            other => other,
        }
    }

    /// Notes that a list has the elements, or the identity, of others.
    pub fn made_of(&mut self, list: &Val, from: &[&Val]) {
        if let (Ty::List(_), [value]) = (&list.ty, &list.vals[..]) {
            let sites: BTreeSet<Site> = from.iter().flat_map(|v| self.sites(v)).collect();
            self.origins.of.entry(*value).or_default().extend(sites);
        }
    }

    /// Notes that a value was put into a list.
    pub fn put_into(&mut self, list: &Val, elem: &Val) {
        let inner = self.sites(elem);
        if inner.is_empty() {
            return;
        }
        self.origins.escaped.extend(inner.iter().copied());
        for site in self.sites(list) {
            self.origins
                .inner
                .entry(site)
                .or_default()
                .extend(inner.iter().copied());
        }
    }

    /// Notes that others may hold a list, or the lists in a tuple, from now on.
    pub fn others_hold(&mut self, val: &Val) {
        match &val.ty {
            Ty::Tuple(_) => {
                for part in val.elements().unwrap_or_default() {
                    self.others_hold(&part);
                }
            }
            _ => {
                let sites = self.sites(val);
                self.origins.escaped.extend(sites);
            }
        }
    }

    /// Notes that a value was read from a list.
    pub fn got_from(&mut self, list: &Val, elem: &Val) {
        if let (Ty::List(_), [value]) = (&elem.ty, &elem.vals[..]) {
            let sites: BTreeSet<Site> = self
                .sites(list)
                .iter()
                .filter_map(|s| self.origins.inner.get(s))
                .flatten()
                .copied()
                .collect();
            self.origins.of.entry(*value).or_default().extend(sites);
        }
    }

    /// Whether the only holders of a list are variables of this function that hold just this
    /// value: they can be given another one.
    pub fn is_own_list(&self, list: &Val) -> bool {
        let sites = self.sites(list);
        let else_held = |other: &Val| match other.vals == list.vals {
            true => false,
            false => other.vals.contains(&list.value()) || !self.sites(other).is_disjoint(&sites),
        };
        !sites.is_empty()
            && sites.is_disjoint(&self.origins.escaped)
            && !self.env.values().any(|var| else_held(&var.val))
    }

    /// Starts over with a list of objects where an empty list is made that CPython may fill and
    /// that others hold too.
    pub fn list_of_objects(&mut self, list: &Val) -> Res<()> {
        if list.ty != Ty::list(Ty::Bottom) {
            return Ok(());
        }
        let mut hints = self.sess.hints.borrow_mut();
        let mut changed = false;
        for site in self.sites(list) {
            changed |= hints.insert(site, Ty::Obj) != Some(Ty::Obj);
        }
        if changed { Err(Bail::Restart) } else { Ok(()) }
    }

    /// Starts over with a wider element type where a list is made, if that is known and helps.
    pub fn widen_list(&mut self, list: &Val, elem: &Ty) -> Option<Bail> {
        let Ty::List(old) = &list.ty else { return None };
        let sites = self.sites(list);
        let wider = types::join(old, elem);
        if sites.is_empty() || wider == Ty::Obj || sig(&wider).is_none() {
            return None;
        }
        let mut hints = self.sess.hints.borrow_mut();
        let mut changed = false;
        for site in sites {
            let hint = hints.entry(site).or_insert(Ty::Bottom);
            let joined = types::join(hint, &wider);
            if sig(&joined).is_none() || joined == Ty::Obj {
                return None;
            }
            changed |= joined != *hint;
            *hint = joined;
        }
        changed.then_some(Bail::Restart)
    }
}
