//! Comparisons: `==`, `<`, `is`, `in` and their chains.

use super::emit::arg;
use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::numpy;
use crate::ops::CmpOp;
use crate::types::Ty;
use crate::val::{Args, Val, dtype_of};
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};
use rustpython_parser::ast::{self, Expr};

/// Below this, ints are floats.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'a> FnLower<'a> {
    /// `a < b <= c`: each operand once, the rest only while it holds.
    pub fn compare_chain(&mut self, expr: &'a ast::ExprCompare) -> Res {
        let left = self.lower_expr(&expr.left)?;
        self.chain_from(&left, &expr.ops, &expr.comparators)
    }

    fn chain_from(&mut self, left: &Val, ops: &'a [ast::CmpOp], rights: &'a [Expr]) -> Res {
        let range = self.range.clone();
        let right = self.lower_expr(&rights[0])?;
        self.locate(range);
        let first = self.compare_op(&ops[0], left, &right)?;
        if ops.len() == 1 {
            return Ok(first);
        }
        if first.const_bool() == Some(true) {
            return self.chain_from(&right, &ops[1..], &rights[1..]);
        }
        let holds = self.truth(&first)?;
        self.choose(
            holds,
            |cx| cx.chain_from(&right, &ops[1..], &rights[1..]),
            |_| Ok(first.clone()),
        )
    }

    pub fn compare_op(&mut self, op: &ast::CmpOp, a: &Val, b: &Val) -> Res {
        match (op, CmpOp::of(op)) {
            (_, Some(op)) => self.compare(op, a, b),
            (ast::CmpOp::Is, _) => self.is_same(a, b),
            (ast::CmpOp::IsNot, _) => {
                let same = self.is_same(a, b)?;
                self.negate(&same)
            }
            (ast::CmpOp::In, _) => self.contains(a, b),
            _ => {
                let inside = self.contains(a, b)?;
                self.negate(&inside)
            }
        }
    }

    pub fn negate(&mut self, a: &Val) -> Res {
        match a.const_bool() {
            Some(known) => Ok(self.bool(!known)),
            None => {
                let truth = self.truth(a)?;
                Ok(Val::one(Ty::Bool, self.b.scalar(ScalarOp::Not, &[truth])))
            }
        }
    }

    pub fn compare(&mut self, op: CmpOp, a: &Val, b: &Val) -> Res {
        let numpy_operand = a.ty.is_numpy() || b.ty.is_numpy();
        let (a, b) = match numpy_operand {
            true => (a.clone(), b.clone()),
            false => (self.materialize(a)?, self.materialize(b)?),
        };
        if a.ty == Ty::Obj || b.ty == Ty::Obj {
            return self.py_compare(op, &a, &b);
        }
        self.each_member_of(&[a, b], &mut |cx, ops| cx.compare_one(op, &ops[0], &ops[1]))
    }

    fn compare_one(&mut self, op: CmpOp, a: &Val, b: &Val) -> Res {
        let equality = matches!(op, CmpOp::Eq | CmpOp::Ne);
        match (&a.ty, &b.ty) {
            (Ty::Obj, _) | (_, Ty::Obj) => self.py_compare(op, a, b),
            (Ty::DType(_) | Ty::Builtin(_), _) | (_, Ty::DType(_)) if equality => match (dtype_of(a), dtype_of(b)) {
                (Some(x), Some(y)) => Ok(self.bool((x == y) == (op == CmpOp::Eq))),
                _ => Err(self.unsupported(Why::DType, "comparing with this dtype")),
            },
            (x, y) if x.is_numpy() || y.is_numpy() => {
                let other = if x.is_numpy() { y } else { x };
                if matches!(other, Ty::None | Ty::Str) && equality && !x.is_array() && !y.is_array() {
                    return Ok(self.bool(op == CmpOp::Ne));
                }
                let result = numpy::compare(self, op, a, b);
                result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "this comparison")))
            }
            (x, y) if x.is_weak() && y.is_weak() => self.compare_numbers(op, a, b),
            (Ty::Str, Ty::Str) => {
                if let (Some(x), Some(y)) = (a.const_str(), b.const_str()) {
                    let holds = holds(op, x.cmp(y));
                    return Ok(self.bool(holds));
                }
                let order = self.b.call_rt(Rt::StrCompare, vec![arg(a), arg(b)], ir::Ty::I64);
                let zero = self.b.i64(0);
                Ok(Val::one(Ty::Bool, self.b.scalar(op.scalar(), &[order, zero])))
            }
            (Ty::None, Ty::None) if equality => Ok(self.bool(op == CmpOp::Eq)),
            (Ty::Tuple(x), Ty::Tuple(y)) => {
                if x.len() != y.len() && equality {
                    return Ok(self.bool(op == CmpOp::Ne));
                }
                let (x, y) = (a.elements().unwrap_or_default(), b.elements().unwrap_or_default());
                match equality {
                    true => self.tuples_equal(op, &x, &y),
                    false => self.tuples_ordered(op, &x, &y),
                }
            }
            (Ty::List(_), Ty::List(_)) if equality => {
                let same = self.rt(Rt::ListEqual, vec![arg(a), arg(b)], Ty::Bool);
                match op {
                    CmpOp::Eq => Ok(same),
                    _ => self.negate(&same),
                }
            }
            (Ty::List(_), Ty::List(_)) => self.py_compare(op, a, b),
            (Ty::Func(x), Ty::Func(y)) if equality && x.captures.is_empty() && y.captures.is_empty() => {
                Ok(self.bool((x.decl == y.decl) == (op == CmpOp::Eq)))
            }
            (x, y) if simple(x) && simple(y) => match equality {
                true => Ok(self.bool(op == CmpOp::Ne)),
                false => {
                    let text = format!(
                        "'{}' not supported between instances of '{}' and '{}'",
                        op.symbol(),
                        x.python_name(),
                        y.python_name()
                    );
                    Err(self.type_error(text))
                }
            },
            _ => self.py_compare(op, a, b),
        }
    }

    fn compare_numbers(&mut self, op: CmpOp, a: &Val, b: &Val) -> Res {
        if let (Some(x), Some(y)) = (a.const_int(), b.const_int()) {
            return Ok(self.bool(holds(op, x.cmp(&y))));
        }
        let dtype = match (&a.ty, &b.ty) {
            (Ty::Complex, _) | (_, Ty::Complex) => DType::C128,
            (Ty::Float, _) | (_, Ty::Float) => DType::F64,
            _ => DType::I64,
        };
        if dtype == DType::C128 && !matches!(op, CmpOp::Eq | CmpOp::Ne) {
            let text = format!(
                "'{}' not supported between instances of '{}' and '{}'",
                op.symbol(),
                a.ty.python_name(),
                b.ty.python_name()
            );
            return Err(self.type_error(text));
        }
        let exact = |v: &Val| v.const_float().is_some_and(|v| v.abs() < EXACT);
        let mixed = dtype == DType::F64 && a.ty != b.ty && a.ty != Ty::Bool && b.ty != Ty::Bool;
        if mixed && !exact(a) && !exact(b) {
            return self.compare_exactly(op, a, b);
        }
        let x = self.to_dtype(a, dtype)?;
        let y = self.to_dtype(b, dtype)?;
        Ok(Val::one(Ty::Bool, self.b.scalar(op.scalar(), &[x, y])))
    }

    /// An int with a float, without the rounding of large ints: where the rounded values are
    /// equal, the float is whole, and the integers decide.
    fn compare_exactly(&mut self, op: CmpOp, a: &Val, b: &Val) -> Res {
        let (x, y) = (self.to_dtype(a, DType::F64)?, self.to_dtype(b, DType::F64)?);
        let (i, j) = (self.to_dtype(a, DType::I64)?, self.to_dtype(b, DType::I64)?);
        let rounded = self.b.scalar(op.scalar(), &[x, y]);
        let exact = self.b.scalar(op.scalar(), &[i, j]);
        let tie = self.b.scalar(ScalarOp::Eq, &[x, y]);
        Ok(Val::one(
            Ty::Bool,
            self.b.scalar(ScalarOp::Select, &[tie, exact, rounded]),
        ))
    }

    /// `a == b` of elements, of which one and the same object is equal to itself, even a NaN.
    /// Numbers have no identity here: two NaNs send the program to CPython, which has it.
    pub fn elements_equal(&mut self, a: &Val, b: &Val) -> Res {
        let is_float = |val: &Val| matches!(val.ty, Ty::Float | Ty::Np(DType::F32 | DType::F64));
        if is_float(a) && is_float(b) && a.const_float().or(b.const_float()).is_none_or(f64::is_nan) {
            let nan = |cx: &mut Self, val: &Val| cx.b.scalar(ScalarOp::IsNan, &[val.value()]);
            let (x, y) = (nan(self, a), nan(self, b));
            let both = self.b.scalar(ScalarOp::And, &[x, y]);
            let text = "NaN is compared with NaN, perhaps the same object";
            self.raise_if(both, ExceptionKind::NotCompiled, text);
        }
        self.compare(CmpOp::Eq, a, b)
    }

    fn tuples_equal(&mut self, op: CmpOp, x: &[Val], y: &[Val]) -> Res {
        let Some((a, b)) = x.first().zip(y.first()) else {
            return Ok(self.bool(op == CmpOp::Eq));
        };
        let same = self.elements_equal(a, b)?;
        let cond = self.truth(&same)?;
        self.choose(
            cond,
            |cx| cx.tuples_equal(op, &x[1..], &y[1..]),
            |cx| Ok(cx.bool(op == CmpOp::Ne)),
        )
    }

    fn tuples_ordered(&mut self, op: CmpOp, x: &[Val], y: &[Val]) -> Res {
        let Some((a, b)) = x.first().zip(y.first()) else {
            return Ok(self.bool(holds(op, x.len().cmp(&y.len()))));
        };
        let same = self.elements_equal(a, b)?;
        let cond = self.truth(&same)?;
        self.choose(
            cond,
            |cx| cx.tuples_ordered(op, &x[1..], &y[1..]),
            |cx| {
                let order = cx.compare(op, a, b)?;
                let value = cx.truth(&order)?;
                Ok(Val::one(Ty::Bool, value))
            },
        )
    }

    fn is_same(&mut self, a: &Val, b: &Val) -> Res {
        let (a, b) = (self.materialize(a)?, self.materialize(b)?);
        let (a, b) = if a.is_none() { (b, a) } else { (a, b) };
        match (&a.ty, &b.ty) {
            (Ty::Union(members), Ty::None) => match members.iter().position(|m| *m == Ty::None) {
                Some(idx) if !members.contains(&Ty::Obj) => Ok(Val::one(Ty::Bool, self.has_tag(&a, idx))),
                None if !members.contains(&Ty::Obj) => Ok(self.bool(false)),
                _ => Err(self.unsupported(Why::Object, "the identity of a CPython object")),
            },
            (Ty::Obj, _) | (_, Ty::Obj) => {
                let same = self.py_expr("_a is _b", &[("_a", &a), ("_b", &b)])?;
                self.typed(&same, &Ty::Bool)
            }
            (Ty::None, Ty::None) => Ok(self.bool(true)),
            (_, Ty::None) => Ok(self.bool(false)),
            (Ty::Bool, Ty::Bool) => Ok(Val::one(Ty::Bool, self.b.scalar(ScalarOp::Eq, &[a.value(), b.value()]))),
            (x, y) if x != y && payload_differs(x, y) => Ok(self.bool(false)),
            (_, _) if a.vals == b.vals && a.ty == b.ty => Ok(self.bool(true)),
            // A view is an object of its own, whatever becomes of it.
            (Ty::Array(..), Ty::Array(..)) if self.is_view(&a) || self.is_view(&b) => Ok(self.bool(false)),
            (Ty::Array(..), Ty::Array(..)) | (Ty::List(_), Ty::List(_)) | (Ty::Rng, Ty::Rng) => {
                Ok(self.rt(Rt::SameObject, vec![arg(&a), arg(&b)], Ty::Bool))
            }
            (Ty::Array(..) | Ty::List(_), _) | (_, Ty::Array(..) | Ty::List(_)) if !is_union(&a) && !is_union(&b) => {
                Ok(self.bool(false))
            }
            (Ty::Union(_), _) | (_, Ty::Union(_)) => {
                self.each_member_of(&[a, b], &mut |cx, ops| cx.is_same(&ops[0], &ops[1]))
            }
            _ => Err(self.unsupported(Why::Expression, "'is' between these values")),
        }
    }

    fn is_view(&self, val: &Val) -> bool {
        let made = |inst: &ir::InstData| matches!(inst.inst, ir::Inst::View { .. }) && inst.results == val.vals;
        self.b
            .func
            .order
            .iter()
            .any(|&b| self.b.func.blocks[b].insts.iter().any(made))
    }

    fn contains(&mut self, item: &Val, container: &Val) -> Res {
        if let Some(elems) = container.elements().filter(|_| !item.has_obj()) {
            return self.any_equal(item, &elems);
        }
        let (item, container) = (self.materialize(item)?, self.materialize(container)?);
        if container.ty == Ty::Obj || item.ty == Ty::Obj {
            self.note_object(&item, &container);
            let inside = self.py_expr("_a in _b", &[("_a", &item), ("_b", &container)])?;
            return self.typed(&inside, &Ty::Bool);
        }
        self.each_member_of(&[item, container], &mut |cx, ops| cx.contains_one(&ops[0], &ops[1]))
    }

    fn contains_one(&mut self, item: &Val, container: &Val) -> Res {
        match (&container.ty, &item.ty) {
            (Ty::Str, Ty::Str) => Ok(self.rt(Rt::StrContains, vec![arg(container), arg(item)], Ty::Bool)),
            (Ty::List(elem), ty) => {
                if **elem == Ty::Bottom {
                    return Ok(self.bool(false));
                }
                let slots = match (&**elem, ty) {
                    (x, y) if x == y => item.vals.clone(),
                    (Ty::Float, Ty::Int | Ty::Bool) => vec![self.to_dtype(item, DType::F64)?],
                    (Ty::Int, Ty::Bool | Ty::Np(DType::I64 | DType::I32)) => vec![self.to_dtype(item, DType::I64)?],
                    _ => return Err(self.unsupported(Why::Mixed, "looking for a value of another type in a list")),
                };
                let at = self
                    .b
                    .call_rt(Rt::ListFind, vec![arg(container), Arg::Slots(slots)], ir::Ty::I64);
                let zero = self.b.i64(0);
                Ok(Val::one(Ty::Bool, self.b.scalar(ScalarOp::Ge, &[at, zero])))
            }
            (Ty::Range, ty) if super::arith::integer(ty) => {
                let x = self.to_dtype(item, DType::I64)?;
                let args = [container.vals[0], container.vals[1], container.vals[2]];
                self.range_contains(x, args)
            }
            (Ty::Array(..), _) => {
                let args = Args {
                    pos: vec![container.clone(), item.clone()],
                    kw: vec![],
                };
                let result = numpy::builtin(self, "contains", &args);
                result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "'in' an array")))
            }
            (Ty::Tuple(_), _) => {
                let elems = container.elements().unwrap_or_default();
                self.any_equal(item, &elems)
            }
            (Ty::Keywords(parts), Ty::Str) if item.const_str().is_some() => {
                let found = parts.iter().any(|(n, _)| Some(&**n) == item.const_str());
                Ok(self.bool(found))
            }
            (Ty::Str, other) => {
                let text = format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.python_name()
                );
                Err(self.type_error(text))
            }
            (other, _) if simple(other) => {
                let text = format!("argument of type '{}' is not iterable", other.python_name());
                Err(self.type_error(text))
            }
            _ => Err(self.unsupported(Why::Mixed, "'in' this kind of value")),
        }
    }

    fn any_equal(&mut self, item: &Val, elems: &[Val]) -> Res {
        let Some((first, rest)) = elems.split_first() else {
            return Ok(self.bool(false));
        };
        let same = self.elements_equal(item, first)?;
        match same.const_bool() {
            Some(true) => Ok(same),
            Some(false) => self.any_equal(item, rest),
            None => {
                let cond = self.truth(&same)?;
                if rest.is_empty() {
                    return Ok(Val::one(Ty::Bool, cond));
                }
                self.choose(cond, |cx| Ok(cx.bool(true)), |cx| cx.any_equal(item, rest))
            }
        }
    }

    /// start ≤ x < stop on the right stride; for a negative step with both ends swapped.
    fn range_contains(&mut self, x: ir::Value, [start, stop, step]: [ir::Value; 3]) -> Res {
        let zero = self.b.i64(0);
        let up = self.b.scalar(ScalarOp::Gt, &[step, zero]);
        let mut test = |op, p, q| self.b.scalar(op, &[p, q]);
        let above = test(ScalarOp::Ge, x, start);
        let below = test(ScalarOp::Lt, x, stop);
        let under = test(ScalarOp::Le, x, start);
        let over = test(ScalarOp::Gt, x, stop);
        let inside_up = test(ScalarOp::And, above, below);
        let inside_down = test(ScalarOp::And, under, over);
        let inside = self.b.scalar(ScalarOp::Select, &[up, inside_up, inside_down]);
        let distance = self.b.scalar(ScalarOp::Sub, &[x, start]);
        let off = self.b.scalar(ScalarOp::Mod, &[distance, step]);
        let on = self.b.scalar(ScalarOp::Eq, &[off, zero]);
        Ok(Val::one(Ty::Bool, self.b.scalar(ScalarOp::And, &[inside, on])))
    }
}

fn holds(op: CmpOp, order: std::cmp::Ordering) -> bool {
    match op {
        CmpOp::Eq => order.is_eq(),
        CmpOp::Ne => order.is_ne(),
        CmpOp::Lt => order.is_lt(),
        CmpOp::Le => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::Ge => order.is_ge(),
    }
}

/// Types whose values are never equal to those of another of these types.
fn simple(ty: &Ty) -> bool {
    ty.is_weak() || matches!(ty, Ty::Str | Ty::None | Ty::Tuple(_) | Ty::List(_))
}

fn is_union(val: &Val) -> bool {
    matches!(val.ty, Ty::Union(_))
}

fn payload_differs(a: &Ty, b: &Ty) -> bool {
    !matches!(
        (a, b),
        (Ty::List(_), Ty::List(_)) | (Ty::Union(_), _) | (_, Ty::Union(_))
    )
}
