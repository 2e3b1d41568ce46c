//! List comprehensions, and generator expressions where they are used up at once.

use super::{Bail, Edge, FnLower, Res};
use crate::diag::Why;
use crate::scope::Key;
use crate::types::Ty;
use crate::val::Val;
use crate::walk::{Names, range_of};
use lnp_ir::ScalarOp;
use rustpython_parser::ast::{self, Expr};
use std::collections::BTreeSet;
use std::rc::Rc;

impl<'a> FnLower<'a> {
    /// A list of the elements that a comprehension yields.
    pub fn list_comprehension(&mut self, elt: &'a Expr, generators: &'a [ast::Comprehension]) -> Res {
        let key = self.temp_key("list");
        let elem = self.hinted(Ty::Bottom);
        let empty = self.new_list(&elem, 0);
        self.made_here(&empty);
        self.set_key(key.clone(), empty);
        self.each_generated(generators, None, &mut |cx| {
            let elem = cx.lower_expr(elt)?;
            let list = cx.read_key(&key)?;
            cx.append(&list, &elem)
        })?;
        let list = self.read_key(&key)?;
        Rc::make_mut(&mut self.env).remove(&key);
        Ok(list)
    }

    /// `any(elt for ...)` or `all(elt for ...)`: up to the element that decides.
    pub fn quantified(&mut self, is_any: bool, e: &'a ast::ExprGeneratorExp) -> Res {
        let decided = self.temp_key("decided");
        let no = self.bool(false);
        self.set_key(decided.clone(), no);
        self.each_generated(&e.generators, Some(&decided), &mut |cx| {
            let (yes, no) = cx.branch_on(&e.elt)?;
            let (stop, on) = if is_any { (yes, no) } else { (no, yes) };
            if cx.merge_all(stop)?.is_some() {
                let yes = cx.bool(true);
                cx.set_key(decided.clone(), yes);
                // The edge out of the loop; what follows is on the other one.
                let _ = cx.break_loop();
            }
            match cx.merge_all(on)? {
                Some(_) => Ok(()),
                None => Err(Bail::Unreachable),
            }
        })?;
        let found = self.read_key(&decided)?.value();
        Rc::make_mut(&mut self.env).remove(&decided);
        let result = match is_any {
            true => found,
            false => self.b.scalar(ScalarOp::Not, &[found]),
        };
        Ok(Val::one(Ty::Bool, result))
    }

    /// Runs `body` for each combination that the generators yield, innermost fastest; no more of
    /// them once the variable `decided` is true.
    fn each_generated(
        &mut self,
        generators: &'a [ast::Comprehension],
        decided: Option<&Key>,
        body: &mut dyn FnMut(&mut Self) -> Res<()>,
    ) -> Res<()> {
        let Some((first, rest)) = generators.split_first() else {
            return body(self);
        };
        if first.is_async {
            return Err(self.unsupported(Why::Expression, "an asynchronous comprehension"));
        }
        let subject = self.lower_expr(&first.iter)?;
        self.locate(range_of(&first.iter));
        if subject.ty.has_obj() && !matches!(subject.ty, Ty::List(_)) || matches!(subject.ty, Ty::Union(_)) {
            return Err(self.unsupported(Why::Object, "iterating over a CPython object"));
        }
        let iter = self.iter(&subject)?;
        let depth = self.overlay_depth();
        let targets = Names::of_expr(&first.target).stores_set();
        let keys: Vec<Key> = targets
            .into_iter()
            .map(|name| self.push_overlay(name, range_of(&first.target).start))
            .collect();
        let assigned: BTreeSet<Key> = keys.iter().chain(decided).cloned().collect();
        let hidden = keys.clone();
        // The element's variables are fresh in each turn.
        let live = move |key: &Key| !hidden.contains(key);
        let (out, breaks) = self.count_loop(&iter, assigned, &live, &mut |cx, elem| {
            cx.assign(&first.target, elem)?;
            let mut skipped: Vec<Edge> = Vec::new();
            for test in &first.ifs {
                let (yes, no) = cx.branch_on(test)?;
                skipped.extend(no);
                if cx.merge_all(yes)?.is_none() {
                    cx.merge(skipped, &live)?;
                    return Ok(());
                }
            }
            cx.each_generated(rest, decided, body)?;
            if let Some(decided) = decided.filter(|_| !rest.is_empty()) {
                let cond = cx.read_key(decided)?.value();
                let (stop, on) = cx.split(cond);
                if cx.merge_all(vec![stop])?.is_some() {
                    let _ = cx.break_loop();
                }
                cx.merge_all(vec![on])?;
            }
            skipped.push(cx.edge(vec![]));
            cx.merge(skipped, &live)?;
            Ok(())
        })?;
        self.pop_overlay(depth);
        let mut ends = out;
        ends.extend(breaks);
        match self.merge(ends, |key| !keys.contains(key))? {
            Some(_) => Ok(()),
            None => Err(Bail::Unreachable),
        }
    }
}
