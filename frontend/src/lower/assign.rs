//! Assignment to names, attributes, subscripts and patterns of them.

use super::{FnLower, Res};
use crate::diag::Why;
use crate::numpy;
use crate::ops::BinOp;
use crate::types::Ty;
use crate::val::Val;
use crate::walk::range_of;
use lnp_abi::ExceptionKind;
use lnp_ir::{Arg, Rt, ScalarOp};
use rustpython_parser::ast::{self, Expr};

impl<'a> FnLower<'a> {
    pub fn assign(&mut self, target: &'a Expr, val: &Val) -> Res<()> {
        match target {
            Expr::Name(e) => self.bind_name(e.id.as_str(), val),
            Expr::Tuple(e) => self.unpack(&e.elts, val),
            Expr::List(e) => self.unpack(&e.elts, val),
            Expr::Subscript(e) => {
                if let Some((whole, part)) = self.complex_part(&e.value)? {
                    let index = self.index(&e.slice)?;
                    self.locate(range_of(target));
                    return numpy::store_part(self, &whole, part, &index, None, val);
                }
                let recv = self.lower_expr(&e.value)?;
                let index = self.index(&e.slice)?;
                self.locate(range_of(target));
                self.store_subscript(&recv, &index, val)
            }
            Expr::Attribute(e) => {
                let recv = self.lower_expr(&e.value)?;
                self.locate(range_of(target));
                match &recv.ty {
                    Ty::Obj => {
                        self.note_object(&recv, val);
                        let shared = self.hand_over(val)?;
                        self.py_stmt(&format!("_a.{} = _b", e.attr), &[("_a", &recv), ("_b", &shared)])
                    }
                    Ty::Array(..) => self.set_array_attribute(&recv, e.attr.as_str(), val),
                    Ty::Func(_) => Err(self.give_up("an attribute of a function")),
                    _ => Err(self.unsupported(Why::Statement, format!("assigning to the attribute '{}'", e.attr))),
                }
            }
            Expr::Starred(_) => Err(self.unsupported(Why::Statement, "a starred target")),
            _ => Err(self.unsupported(Why::Statement, "this target")),
        }
    }

    fn unpack(&mut self, targets: &'a [Expr], val: &Val) -> Res<()> {
        if targets.iter().any(|t| matches!(t, Expr::Starred(_))) {
            return self.unpack_starred(targets, val);
        }
        let n = targets.len();
        if let Some(elems) = val.elements() {
            if elems.len() != n {
                return Err(self.wrong_count(n, elems.len()));
            }
            for (target, elem) in targets.iter().zip(&elems) {
                self.assign(target, elem)?;
            }
            return Ok(());
        }
        let val = self.materialize(val)?;
        match &val.ty {
            Ty::Obj => {
                self.note_object(&val, &val);
                let names: Vec<String> = (0..n).map(|k| format!("_u{k}")).collect();
                let source = format!("[{0}] = _a\n_u = ({0},)", names.join(", "));
                let tuple = self.py_stmt_value(&source, &[("_a", &val)], "_u")?;
                for (k, target) in targets.iter().enumerate() {
                    let args = vec![Arg::Value(tuple.value()), Arg::Imm(k as i64)];
                    let elem = self.rt(Rt::PyItem, args, Ty::Obj);
                    self.assign(target, &elem)?;
                }
                Ok(())
            }
            Ty::List(_) | Ty::Array(..) | Ty::Str | Ty::Range => {
                let iter = self.iter(&val)?;
                let len = self.iter_len(&iter);
                let expected = self.b.i64(n as i64);
                let fewer = self.b.scalar(ScalarOp::Lt, &[len, expected]);
                let text = format!("not enough values to unpack (expected {n}");
                self.raise_count(fewer, &text, len);
                let more = self.b.scalar(ScalarOp::Gt, &[len, expected]);
                let text = format!("too many values to unpack (expected {n})");
                self.raise_if(more, ExceptionKind::ValueError, &text);
                let mut elems = Vec::new();
                for k in 0..n {
                    let at = self.b.i64(k as i64);
                    elems.push(self.iter_get(&iter, at)?);
                }
                for (target, elem) in targets.iter().zip(&elems) {
                    self.assign(target, elem)?;
                }
                Ok(())
            }
            Ty::Union(_) => Err(self.unsupported(Why::Mixed, "unpacking a value of several types")),
            Ty::Enumerate(_) | Ty::Zip(_) | Ty::Reversed(_) => {
                Err(self.unsupported(Why::Expression, "unpacking an iterator"))
            }
            other => {
                let text = format!("cannot unpack non-iterable {} object", other.python_name());
                Err(self.type_error(text))
            }
        }
    }

    /// `text, got N)` where `bad` holds.
    fn raise_count(&mut self, bad: lnp_ir::Value, text: &str, len: lnp_ir::Value) {
        let (fail, good) = (self.b.func.new_block(), self.b.func.new_block());
        self.b.branch(bad, fail, good);
        self.b.switch_to(fail);
        let (open, close) = (self.str(&format!("{text}, got ")), self.str(")"));
        let n = self.rt(Rt::StrFromI64, vec![Arg::Value(len)], Ty::Str);
        let message = self.concat(&[open, n, close]);
        let _ = self.raise_value(ExceptionKind::ValueError, message.value());
        self.b.switch_to(good);
    }

    fn wrong_count(&mut self, expected: usize, got: usize) -> super::Bail {
        let text = if got > expected {
            format!("too many values to unpack (expected {expected})")
        } else {
            format!("not enough values to unpack (expected {expected}, got {got})")
        };
        self.value_error(text)
    }

    /// `a, *rest = …` of a sequence whose length is known.
    fn unpack_starred(&mut self, targets: &'a [Expr], val: &Val) -> Res<()> {
        let (Some(elems), Some(at)) = (
            val.elements(),
            targets.iter().position(|t| matches!(t, Expr::Starred(_))),
        ) else {
            return Err(self.unsupported(Why::Statement, "a starred target"));
        };
        let n_after = targets.len() - at - 1;
        if elems.len() + 1 < targets.len() {
            let text = format!(
                "not enough values to unpack (expected at least {}, got {})",
                targets.len() - 1,
                elems.len()
            );
            return Err(self.value_error(text));
        }
        let end = elems.len() - n_after;
        for (target, elem) in targets[..at].iter().zip(&elems) {
            self.assign(target, elem)?;
        }
        if let Expr::Starred(starred) = &targets[at] {
            let list = self.make_list(&elems[at..end])?;
            self.assign(&starred.value, &list)?;
        }
        for (target, elem) in targets[at + 1..].iter().zip(&elems[end..]) {
            self.assign(target, elem)?;
        }
        Ok(())
    }

    pub fn store_subscript(&mut self, recv: &Val, index: &Val, val: &Val) -> Res<()> {
        let recv = self.materialize(recv)?;
        let dynamic = index.has_obj() || (val.has_obj() && !matches!(recv.ty, Ty::List(_)));
        if recv.ty == Ty::Obj || dynamic {
            self.note_object(&recv, val);
            let recv = self.hand_over(&recv)?;
            let shared = self.hand_over(val)?;
            return self.py_stmt("_a[_b] = _c", &[("_a", &recv), ("_b", index), ("_c", &shared)]);
        }
        let lit = val.is_list_lit() && recv.ty.is_array();
        let val = if lit { val.clone() } else { self.materialize(val)? };
        // Elements may be stored as they are: a list of tagged values.
        let whole = matches!((&recv.ty, &val.ty), (Ty::List(e), Ty::Union(_)) if **e == val.ty);
        if whole {
            return self.list_store(&recv, index, &val);
        }
        let done = self.each_member_of(&[recv, index.clone(), val], &mut |cx, ops| {
            cx.store_one(&ops[0], &ops[1], &ops[2])?;
            Ok(Val::none())
        });
        done.map(|_| ())
    }

    fn store_one(&mut self, recv: &Val, index: &Val, val: &Val) -> Res<()> {
        match &recv.ty {
            Ty::Array(..) => {
                let result = numpy::subscript_store(self, recv, index, val);
                result.unwrap_or_else(|| Err(self.unsupported(Why::Function, "assigning to this kind of index")))
            }
            Ty::List(_) => self.list_store(recv, index, val),
            Ty::Obj => {
                let shared = self.hand_over(val)?;
                self.py_stmt("_a[_b] = _c", &[("_a", recv), ("_b", index), ("_c", &shared)])
            }
            other => {
                let text = format!("'{}' object does not support item assignment", other.python_name());
                Err(self.type_error(text))
            }
        }
    }

    pub fn aug_assign(&mut self, s: &'a ast::StmtAugAssign) -> Res<()> {
        let op = BinOp::of(&s.op);
        match &*s.target {
            Expr::Name(e) => {
                let name = e.id.as_str();
                let old = self.lower_expr_of_target(&s.target, name)?;
                let val = self.lower_expr(&s.value)?;
                self.locate(range_of(s));
                let new = self.inplace(op, &old, &val)?;
                self.bind_name(name, &new)
            }
            Expr::Subscript(e) => {
                if let Some((whole, part)) = self.complex_part(&e.value)? {
                    let index = self.index(&e.slice)?;
                    let val = self.lower_expr(&s.value)?;
                    self.locate(range_of(s));
                    return numpy::store_part(self, &whole, part, &index, Some(op), &val);
                }
                let recv = self.lower_expr(&e.value)?;
                let index = self.index(&e.slice)?;
                self.locate(range_of(s));
                if recv.ty.is_array() && !index.has_obj() {
                    let val = self.lower_expr(&s.value)?;
                    self.locate(range_of(s));
                    if !val.has_obj() && !matches!(val.ty, Ty::Union(_)) {
                        let result = numpy::subscript_inplace(self, op, &recv, &index, &val);
                        return result
                            .unwrap_or_else(|| Err(self.unsupported(Why::Function, "updating this kind of index")));
                    }
                    let old = self.subscript(&recv, &index)?;
                    let new = self.inplace(op, &old, &val)?;
                    return self.store_subscript(&recv, &index, &new);
                }
                let old = self.subscript(&recv, &index)?;
                let val = self.lower_expr(&s.value)?;
                self.locate(range_of(s));
                let new = self.inplace(op, &old, &val)?;
                self.store_subscript(&recv, &index, &new)
            }
            Expr::Attribute(e) => {
                let recv = self.lower_expr(&e.value)?;
                let old = self.attribute(&recv, e.attr.as_str())?;
                let val = self.lower_expr(&s.value)?;
                self.locate(range_of(s));
                if recv.ty.is_array() {
                    // A part of a complex array is stored back at once: nobody keeps it.
                    let old = Val { konst: None, ..old };
                    let new = self.inplace(op, &old, &val)?;
                    return self.set_array_attribute(&recv, e.attr.as_str(), &new);
                }
                if recv.ty != Ty::Obj {
                    return Err(self.unsupported(Why::Statement, format!("assigning to the attribute '{}'", e.attr)));
                }
                let new = self.inplace(op, &old, &val)?;
                self.py_stmt(&format!("_a.{} = _b", e.attr), &[("_a", &recv), ("_b", &new)])
            }
            _ => Err(self.unsupported(Why::Statement, "this target")),
        }
    }

    /// `z.real` or `z.imag` of a complex array: the array and the part's name. What is stored
    /// through them goes to the array itself.
    fn complex_part(&mut self, expr: &'a Expr) -> Res<Option<(Val, &'a str)>> {
        let Expr::Attribute(e) = expr else { return Ok(None) };
        let part = e.attr.as_str();
        if part != "real" && part != "imag" {
            return Ok(None);
        }
        let whole = self.lower_expr(&e.value)?;
        Ok(matches!(whole.ty, Ty::Array(crate::DType::C128, _)).then_some((whole, part)))
    }

    /// `array.name = val`. A new shape is a new value of every variable that holds the array.
    fn set_array_attribute(&mut self, array: &Val, name: &str, val: &Val) -> Res<()> {
        let Some(new) = numpy::set_attribute(self, array, name, val) else {
            return Err(self.unsupported(Why::Statement, format!("assigning to the attribute '{name}'")));
        };
        let new = new?;
        if new.vals != array.vals && !self.rebind_array(array.value(), &new) {
            return Err(self.unsupported(
                Why::Statement,
                format!("assigning to the attribute '{name}' of an expression"),
            ));
        }
        Ok(())
    }

    fn lower_expr_of_target(&mut self, target: &'a Expr, name: &str) -> Res {
        self.locate(range_of(target));
        self.read_name(name)
    }
}
