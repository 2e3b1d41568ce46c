//! Which names are read later: only those become block parameters at joins.
//!
//! Backward over the statements of one function; a loop's body is seen twice, so that what
//! its next turn reads is live at its end.

use crate::walk::Names;
use rustpython_parser::ast::{Expr, Stmt};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

pub type Set<'a> = Rc<BTreeSet<&'a str>>;

/// Live sets by statement address.
#[derive(Debug, Default)]
pub struct Liveness<'a> {
    /// After a compound statement, and after a simple one that may write into an array.
    after: HashMap<usize, Set<'a>>,
    /// At the header of a loop, before its test or its next element.
    head: HashMap<usize, Set<'a>>,
}

#[derive(Clone, Default)]
struct Exits<'a> {
    at_break: BTreeSet<&'a str>,
    at_continue: BTreeSet<&'a str>,
    at_return: BTreeSet<&'a str>,
}

fn address(stmt: &Stmt) -> usize {
    stmt as *const Stmt as usize
}

impl<'a> Liveness<'a> {
    /// `always`: names that others may read at any time (globals read by functions).
    pub fn of(body: &'a [Stmt], always: &BTreeSet<&'a str>) -> Liveness<'a> {
        let mut liveness = Liveness::default();
        let exits = Exits {
            at_return: always.clone(),
            ..Exits::default()
        };
        liveness.block(body, always.clone(), &exits, always);
        liveness
    }

    pub fn after(&self, stmt: &Stmt) -> Set<'a> {
        self.after.get(&address(stmt)).cloned().unwrap_or_default()
    }

    pub fn head(&self, stmt: &Stmt) -> Set<'a> {
        self.head.get(&address(stmt)).cloned().unwrap_or_default()
    }

    fn block(
        &mut self,
        body: &'a [Stmt],
        mut live: BTreeSet<&'a str>,
        exits: &Exits<'a>,
        always: &BTreeSet<&'a str>,
    ) -> BTreeSet<&'a str> {
        for stmt in body.iter().rev() {
            live = self.stmt(stmt, live, exits, always);
            live.extend(always);
        }
        live
    }

    fn stmt(
        &mut self,
        stmt: &'a Stmt,
        mut live: BTreeSet<&'a str>,
        exits: &Exits<'a>,
        always: &BTreeSet<&'a str>,
    ) -> BTreeSet<&'a str> {
        match stmt {
            Stmt::If(s) => {
                self.after.insert(address(stmt), Rc::new(live.clone()));
                let mut out = self.block(&s.body, live.clone(), exits, always);
                out.extend(self.block(&s.orelse, live, exits, always));
                out.extend(Names::of_expr(&s.test).loads_set());
                out
            }
            Stmt::While(s) => self.loop_stmt(stmt, None, Some(&s.test), &s.body, &s.orelse, live, exits, always),
            Stmt::For(s) => {
                let target = Some(&*s.target);
                let mut out = self.loop_stmt(stmt, target, None, &s.body, &s.orelse, live, exits, always);
                out.extend(Names::of_expr(&s.iter).loads_set());
                out
            }
            Stmt::Break(_) => exits.at_break.clone(),
            Stmt::Continue(_) => exits.at_continue.clone(),
            Stmt::Return(_) | Stmt::Raise(_) => {
                let mut out = exits.at_return.clone();
                out.extend(Names::of_stmt(stmt).loads_set());
                out
            }
            Stmt::Assign(_)
            | Stmt::AnnAssign(_)
            | Stmt::AugAssign(_)
            | Stmt::Expr(_)
            | Stmt::Import(_)
            | Stmt::ImportFrom(_)
            | Stmt::FunctionDef(_) => {
                let names = Names::of_stmt(stmt);
                if !names.touched.is_empty() {
                    self.after.insert(address(stmt), Rc::new(live.clone()));
                }
                for (name, _) in &names.stores {
                    live.remove(name);
                }
                live.extend(names.loads_set());
                live
            }
            // What runs in CPython as a whole: nothing is surely overwritten.
            _ => {
                let names = Names::of_stmt(stmt);
                self.after.insert(address(stmt), Rc::new(live.clone()));
                live.extend(names.loads_set());
                live.extend(exits.at_return.iter());
                live.extend(exits.at_break.iter());
                live.extend(exits.at_continue.iter());
                // Its parts, in case they are lowered one by one.
                for part in crate::walk::sub_bodies(stmt) {
                    let inner = self.block(part, live.clone(), exits, always);
                    live.extend(inner);
                }
                live
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn loop_stmt(
        &mut self,
        stmt: &'a Stmt,
        target: Option<&'a Expr>,
        test: Option<&'a Expr>,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
        live: BTreeSet<&'a str>,
        exits: &Exits<'a>,
        always: &BTreeSet<&'a str>,
    ) -> BTreeSet<&'a str> {
        self.after.insert(address(stmt), Rc::new(live.clone()));
        let mut head = self.block(orelse, live.clone(), exits, always);
        if let Some(test) = test {
            head.extend(Names::of_expr(test).loads_set());
        }
        for _ in 0..2 {
            let inner = Exits {
                at_break: live.clone(),
                at_continue: head.clone(),
                at_return: exits.at_return.clone(),
            };
            let mut start = self.block(body, head.clone(), &inner, always);
            if let Some(target) = target {
                let names = Names::of_expr(target);
                names.stores.iter().for_each(|(n, _)| {
                    start.remove(n);
                });
                start.extend(names.loads_set());
            }
            head.extend(start);
        }
        self.head.insert(address(stmt), Rc::new(head.clone()));
        head
    }
}
