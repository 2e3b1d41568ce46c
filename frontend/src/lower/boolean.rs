//! Truth, `and`, `or`, `not`, conditional expressions and branches.

use super::{Bail, Edge, FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::numpy;
use crate::scope::Key;
use crate::types::Ty;
use crate::val::{Args, Konst, Val};
use crate::walk::range_of;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};
use rustpython_parser::ast::{self, Expr};

impl<'a> FnLower<'a> {
    /// `bool(val)` when it is known at compile time.
    pub fn known_truth(&self, val: &Val) -> Option<bool> {
        match &val.konst {
            Some(Konst::Bool(v)) => return Some(*v),
            Some(Konst::Int(v)) => return Some(*v != 0),
            Some(Konst::Float(v)) => return Some(*v != 0.0),
            Some(Konst::Str(v)) => return Some(!v.is_empty()),
            Some(Konst::ListLit(elems)) => return Some(!elems.is_empty()),
            _ => {}
        }
        match &val.ty {
            Ty::None => Some(false),
            Ty::Tuple(elems) => Some(!elems.is_empty()),
            Ty::Func(_) | Ty::Module(_) | Ty::Builtin(_) | Ty::Method(..) | Ty::DType(_) | Ty::Rng | Ty::Ellipsis => {
                Some(true)
            }
            Ty::List(elem) if **elem == Ty::Bottom => None,
            _ => None,
        }
    }

    /// `bool(val)`.
    pub fn truth(&mut self, val: &Val) -> Res<ir::Value> {
        if let Some(known) = self.known_truth(val) {
            return Ok(self.b.bool(known));
        }
        let val = self.materialize(val)?;
        let result = self.each_member(&val, &mut |cx, v| cx.truth_one(v))?;
        Ok(result.value())
    }

    fn truth_one(&mut self, val: &Val) -> Res {
        if let Some(known) = self.known_truth(val) {
            return Ok(self.bool(known));
        }
        let nonzero = |cx: &mut Self, n: ir::Value| {
            let zero = cx.b.i64(0);
            Val::one(Ty::Bool, cx.b.scalar(ScalarOp::Ne, &[n, zero]))
        };
        Ok(match &val.ty {
            Ty::Obj => self.rt(Rt::PyToBool, vec![Arg::Value(val.value())], Ty::Bool),
            Ty::Str => {
                let n = self.b.call_rt(Rt::StrLen, vec![Arg::Value(val.value())], ir::Ty::I64);
                nonzero(self, n)
            }
            Ty::List(_) => {
                let n = self.b.call_rt(Rt::ListLen, vec![Arg::Value(val.value())], ir::Ty::I64);
                nonzero(self, n)
            }
            Ty::Range => {
                let n = self.range_len(val);
                nonzero(self, n)
            }
            Ty::Array(..) => {
                let result = numpy::builtin(self, "bool", &Args::only(val.clone()));
                return result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "the truth of an array")));
            }
            ty if ty.is_scalar() => Val::one(Ty::Bool, self.b.cast(val.value(), DType::Bool)),
            _ => return Err(self.unsupported(Why::Expression, "the truth of this value")),
        })
    }

    /// Evaluates a condition: the edges on which it holds, and those on which it does not.
    pub fn branch_on(&mut self, expr: &'a Expr) -> Res<(Vec<Edge>, Vec<Edge>)> {
        match expr {
            Expr::BoolOp(e) => {
                let is_and = matches!(e.op, ast::BoolOp::And);
                let (mut through, mut out) = (vec![self.edge(vec![])], Vec::new());
                for (k, value) in e.values.iter().enumerate() {
                    if self.merge_all(std::mem::take(&mut through))?.is_none() {
                        break;
                    }
                    let (yes, no) = match k {
                        0 => self.branch_on(value)?,
                        _ => self.conditionally(|cx| cx.branch_on(value))?,
                    };
                    let (on, off) = if is_and { (yes, no) } else { (no, yes) };
                    through = on;
                    out.extend(off);
                }
                Ok(if is_and { (through, out) } else { (out, through) })
            }
            Expr::UnaryOp(e) if matches!(e.op, ast::UnaryOp::Not) => {
                let (yes, no) = self.branch_on(&e.operand)?;
                Ok((no, yes))
            }
            _ => match self.union_in(expr) {
                Some(key) => self.branch_by_member(expr, &key),
                None => self.branch_plain(expr),
            },
        }
    }

    fn branch_plain(&mut self, expr: &'a Expr) -> Res<(Vec<Edge>, Vec<Edge>)> {
        let val = match self.lower_expr(expr) {
            Ok(val) => val,
            Err(Bail::Unreachable) => return Ok((vec![], vec![])),
            Err(bail) => return Err(bail),
        };
        self.locate(range_of(expr));
        if let Some(known) = self.known_truth(&val) {
            let edge = vec![self.edge(vec![])];
            return Ok(if known { (edge, vec![]) } else { (vec![], edge) });
        }
        let cond = match self.truth(&val) {
            Ok(cond) => cond,
            Err(Bail::Unreachable) => return Ok((vec![], vec![])),
            Err(bail) => return Err(bail),
        };
        let (yes, no) = self.split(cond);
        Ok((vec![yes], vec![no]))
    }

    /// The edges on which a bool holds and does not.
    pub fn split(&mut self, cond: ir::Value) -> (Edge, Edge) {
        let (yes, no) = (self.b.func.new_block(), self.b.func.new_block());
        self.b.branch(cond, yes, no);
        let edge = |block| Edge {
            block,
            env: self.env.clone(),
            vals: vec![],
        };
        (edge(yes), edge(no))
    }

    /// The only tagged variable in a cheap test (`x is None`, `a.ndim == 1`): testing once per
    /// member then tells on each side which members are left.
    fn union_in(&self, expr: &'a Expr) -> Option<Key> {
        let mut names = Vec::new();
        if !cheap(expr, &mut names) {
            return None;
        }
        let mut found = None;
        for name in names {
            let key = self.resolve(name)?;
            let var = self.env.get(&key)?;
            if let (Ty::Union(_), None) = (&var.val.ty, var.bound) {
                match &found {
                    Some(other) if *other != key => return None,
                    _ => found = Some(key),
                }
            }
        }
        found
    }

    fn branch_by_member(&mut self, expr: &'a Expr, key: &Key) -> Res<(Vec<Edge>, Vec<Edge>)> {
        let val = self.read_key(key)?;
        let Ty::Union(members) = val.ty.clone() else {
            return self.branch_plain(expr);
        };
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for idx in 0..members.len() {
            let rest = if idx + 1 < members.len() {
                let cond = self.has_tag(&val, idx);
                let (this, other) = (self.b.func.new_block(), self.b.func.new_block());
                self.b.branch(cond, this, other);
                self.b.switch_to(this);
                Some(Edge {
                    block: other,
                    env: self.env.clone(),
                    vals: vec![],
                })
            } else {
                None
            };
            let member = self.member(&val, idx);
            self.set_key(key.clone(), member);
            let (y, n) = self.conditionally(|cx| cx.branch_plain(expr))?;
            yes.extend(y);
            no.extend(n);
            if let Some(rest) = rest {
                self.follow(&rest);
            }
        }
        Ok((yes, no))
    }

    /// `a and b`, `a or b` as values.
    pub fn bool_op(&mut self, expr: &'a ast::ExprBoolOp) -> Res {
        self.bool_op_from(matches!(expr.op, ast::BoolOp::And), &expr.values)
    }

    fn bool_op_from(&mut self, is_and: bool, values: &'a [Expr]) -> Res {
        let first = self.lower_expr(&values[0])?;
        if values.len() == 1 {
            return Ok(first);
        }
        match self.known_truth(&first) {
            Some(known) if known == is_and => self.bool_op_from(is_and, &values[1..]),
            Some(_) => Ok(first),
            None => {
                let first = self.materialize(&first)?;
                let cond = self.truth(&first)?;
                let go_on = |cx: &mut Self| cx.bool_op_from(is_and, &values[1..]);
                let stop = first.clone();
                match is_and {
                    true => self.choose(cond, go_on, |_| Ok(stop)),
                    false => self.choose(cond, |_| Ok(stop), go_on),
                }
            }
        }
    }

    pub fn if_exp(&mut self, expr: &'a ast::ExprIfExp) -> Res {
        let (yes, no) = self.branch_on(&expr.test)?;
        let mut out = Vec::new();
        for (edges, arm) in [(yes, &*expr.body), (no, &*expr.orelse)] {
            if self.merge_all(edges)?.is_none() {
                continue;
            }
            match self.conditionally(|cx| cx.lower_expr(arm)) {
                Ok(val) => {
                    let val = self.materialize(&val)?;
                    out.push(self.edge(vec![val]));
                }
                Err(Bail::Unreachable) => {}
                Err(bail) => return Err(bail),
            }
        }
        match self.merge_all(out)? {
            Some(mut vals) => Ok(vals.remove(0)),
            None => Err(Bail::Unreachable),
        }
    }
}

/// Names, attributes, constants, comparisons and `isinstance`: nothing that costs or acts.
fn cheap<'a>(expr: &'a Expr, names: &mut Vec<&'a str>) -> bool {
    match expr {
        Expr::Name(e) => {
            names.push(e.id.as_str());
            true
        }
        Expr::Constant(_) => true,
        Expr::Attribute(e) => matches!(&*e.value, Expr::Name(_)) && cheap(&e.value, names),
        Expr::Tuple(e) => e.elts.iter().all(|e| cheap(e, names)),
        Expr::Compare(e) => cheap(&e.left, names) && e.comparators.iter().all(|c| cheap(c, names)),
        Expr::Call(e) => {
            let named = matches!(&*e.func, Expr::Name(n) if n.id.as_str() == "isinstance");
            named && e.keywords.is_empty() && e.args.iter().all(|a| isinstance_arg(a, names))
        }
        _ => false,
    }
}

fn isinstance_arg<'a>(expr: &'a Expr, names: &mut Vec<&'a str>) -> bool {
    match expr {
        // Class names are builtins and no variables.
        Expr::Name(e) if crate::scope::is_builtin(e.id.as_str()) => true,
        Expr::Attribute(_) => true,
        Expr::Tuple(e) => e.elts.iter().all(|e| isinstance_arg(e, names)),
        other => cheap(other, names),
    }
}
