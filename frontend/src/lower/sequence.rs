//! Subscripts of tuples, lists, strings and ranges; changes of lists.

use super::convert::sig;
use super::emit::arg;
use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::types::{self, Ty};
use crate::val::Val;
use lnp_abi::ExceptionKind;
use lnp_ir::{self as ir, Arg, Rt, ScalarOp};

impl<'a> FnLower<'a> {
    /// flags (1 has a start, 2 has a stop), start, stop, step of a slice, as arguments.
    fn slice_args(&mut self, index: &Val) -> Res<Vec<Arg>> {
        let parts = index.elements().unwrap_or_default();
        let mut flags = 0;
        let mut out = Vec::new();
        for (k, part) in parts.iter().enumerate() {
            if part.is_none() {
                out.push(Arg::Imm(i64::from(k == 2)));
                continue;
            }
            if k < 2 {
                flags |= 1 << k;
            }
            if !super::arith::integer(&part.ty) {
                let text = "slice indices must be integers or None or have an __index__ method";
                return Err(self.type_error(text));
            }
            out.push(Arg::Value(self.to_index(part)?));
        }
        out.insert(0, Arg::Imm(flags));
        Ok(out)
    }

    pub fn tuple_subscript(&mut self, recv: &Val, index: &Val) -> Res {
        let elems = recv.elements().unwrap_or_default();
        let n = elems.len() as i64;
        if let Some(k) = index.const_int() {
            let at = if k < 0 { k + n } else { k };
            return match usize::try_from(at).ok().and_then(|at| elems.get(at)) {
                Some(elem) => Ok(elem.clone()),
                None => Err(self.raise(ExceptionKind::IndexError, "tuple index out of range")),
            };
        }
        if let Ty::Slice(_) = index.ty {
            let parts: Vec<Option<i64>> = index
                .elements()
                .unwrap_or_default()
                .iter()
                .map(Val::const_int)
                .collect();
            let known = index
                .elements()
                .unwrap_or_default()
                .iter()
                .zip(&parts)
                .all(|(v, p)| v.is_none() || p.is_some());
            let step = parts[2].unwrap_or(1);
            if !known || step == 0 {
                return Err(self.unsupported(Why::Mixed, "a tuple of unknown length"));
            }
            let picked = slice_positions(n, parts[0], parts[1], step);
            return Ok(Val::tuple(picked.into_iter().map(|k| elems[k].clone()).collect()));
        }
        if !super::arith::integer(&index.ty) {
            let text = format!(
                "tuple indices must be integers or slices, not {}",
                index.ty.python_name()
            );
            return Err(self.type_error(text));
        }
        // The position is known at run time only: choose among the elements.
        let at = self.to_index(index)?;
        self.tuple_pick(&elems, at, n)
    }

    fn tuple_pick(&mut self, elems: &[Val], at: ir::Value, n: i64) -> Res {
        let skip = n - elems.len() as i64;
        let Some((first, rest)) = elems.split_first() else {
            return Err(self.raise(ExceptionKind::IndexError, "tuple index out of range"));
        };
        let (front, back) = (self.b.i64(skip), self.b.i64(skip - n));
        let a = self.b.scalar(ScalarOp::Eq, &[at, front]);
        let b = self.b.scalar(ScalarOp::Eq, &[at, back]);
        let hit = self.b.scalar(ScalarOp::Or, &[a, b]);
        let first = first.clone();
        self.choose(hit, |_| Ok(first), |cx| cx.tuple_pick(rest, at, n))
    }

    pub fn list_subscript(&mut self, recv: &Val, index: &Val) -> Res {
        if let Ty::Slice(_) = index.ty {
            let mut args = vec![arg(recv)];
            args.extend(self.slice_args(index)?);
            let part = self.rt(Rt::ListSlice, args, recv.ty.clone());
            self.made_of(&part, &[recv]);
            return Ok(part);
        }
        if !super::arith::integer(&index.ty) {
            let text = format!(
                "list indices must be integers or slices, not {}",
                index.ty.python_name()
            );
            return Err(self.type_error(text));
        }
        let at = self.to_index(index)?;
        self.list_element(recv, at)
    }

    pub fn str_subscript(&mut self, recv: &Val, index: &Val) -> Res {
        if let Ty::Slice(_) = index.ty {
            let mut args = vec![arg(recv)];
            args.extend(self.slice_args(index)?);
            return Ok(self.rt(Rt::StrSlice, args, Ty::Str));
        }
        if !super::arith::integer(&index.ty) {
            let text = format!("string indices must be integers, not '{}'", index.ty.python_name());
            return Err(self.type_error(text));
        }
        let at = self.to_index(index)?;
        Ok(self.rt(Rt::StrIndex, vec![arg(recv), Arg::Value(at)], Ty::Str))
    }

    pub fn range_subscript(&mut self, recv: &Val, index: &Val) -> Res {
        if !super::arith::integer(&index.ty) {
            return Err(self.unsupported(Why::Expression, "a slice of a range"));
        }
        let at = self.to_index(index)?;
        let len = self.range_len(recv);
        let zero = self.b.i64(0);
        let negative = self.b.scalar(ScalarOp::Lt, &[at, zero]);
        let from_end = self.b.scalar(ScalarOp::Add, &[at, len]);
        let at = self.b.scalar(ScalarOp::Select, &[negative, from_end, at]);
        let under = self.b.scalar(ScalarOp::Lt, &[at, zero]);
        let over = self.b.scalar(ScalarOp::Ge, &[at, len]);
        let bad = self.b.scalar(ScalarOp::Or, &[under, over]);
        self.raise_if(bad, ExceptionKind::IndexError, "range object index out of range");
        let iter = self.iter(recv)?;
        self.iter_get(&iter, at)
    }

    /// The slots of `val` as an element of a list, whose element type may become known here.
    fn element_slots(&mut self, list: &Val, val: &Val) -> Res<(Val, Ty, Vec<ir::Value>)> {
        let Ty::List(elem) = &list.ty else {
            return Err(self.unsupported(Why::Mixed, "not a list"));
        };
        let val = self.materialize(val)?;
        if matches!(val.ty, Ty::List(_)) && val.vals == list.vals {
            return Err(self.raise_late(ExceptionKind::NotCompiled, "a list is put into itself"));
        }
        if **elem == Ty::Bottom {
            if val.ty.is_iterator() {
                return Err(self.unsupported(Why::Expression, "an iterator kept in a list"));
            }
            self.own_list(list.value())?;
            let ty = match sig(&val.ty) {
                Some(_) => val.ty.clone(),
                None => Ty::Obj,
            };
            let slots = self.convert(&val, &ty)?;
            let refined = Val::one(Ty::list(ty.clone()), list.value());
            self.rebind_list(list.value(), &refined);
            self.put_into(&refined, &val);
            return Ok((refined, ty, slots));
        }
        let elem = (**elem).clone();
        if types::join(&elem, &val.ty) != elem {
            if let Some(restart) = self.widen_list(list, &val.ty) {
                return Err(restart);
            }
            let reason = format!(
                "a '{}' put into a list of '{}'",
                val.ty.python_name(),
                elem.python_name()
            );
            return Err(self.unsupported(Why::Mixed, reason));
        }
        let slots = self.convert(&val, &elem)?;
        self.put_into(list, &val);
        Ok((list.clone(), elem, slots))
    }

    pub fn append(&mut self, list: &Val, val: &Val) -> Res<()> {
        let (list, elem, slots) = self.element_slots(list, val)?;
        self.append_slots(&list, &elem, slots);
        Ok(())
    }

    pub fn list_insert(&mut self, list: &Val, at: ir::Value, val: &Val) -> Res<()> {
        let (list, elem, slots) = self.element_slots(list, val)?;
        let args = vec![
            arg(&list),
            Arg::Value(at),
            Arg::Str(sig(&elem).unwrap_or_default()),
            Arg::Slots(slots),
        ];
        self.b.call_rt_unit(Rt::ListInsert, args);
        Ok(())
    }

    pub fn list_store(&mut self, list: &Val, index: &Val, val: &Val) -> Res<()> {
        if let Ty::Slice(_) = index.ty {
            return Err(self.unsupported(Why::Expression, "assigning to a slice of a list"));
        }
        if !super::arith::integer(&index.ty) {
            let text = format!(
                "list indices must be integers or slices, not {}",
                index.ty.python_name()
            );
            return Err(self.type_error(text));
        }
        if list.ty == Ty::list(Ty::Bottom) {
            return Err(self.raise(ExceptionKind::IndexError, "list assignment index out of range"));
        }
        let at = self.to_index(index)?;
        let (list, _, slots) = self.element_slots(list, val)?;
        self.b
            .call_rt_unit(Rt::ListSet, vec![arg(&list), Arg::Value(at), Arg::Slots(slots)]);
        Ok(())
    }

    pub fn list_delete(&mut self, list: &Val, at: ir::Value) {
        self.b.call_rt_unit(Rt::ListDelete, vec![arg(list), Arg::Value(at)]);
    }

    /// `list += other`; the list itself.
    pub fn list_extend(&mut self, list: &Val, other: &Val) -> Res {
        let Ty::List(elem) = list.ty.clone() else {
            return Err(self.unsupported(Why::Mixed, "not a list"));
        };
        let other = match &other.ty {
            Ty::List(_) => self.materialize(other)?,
            Ty::Obj => return Err(self.unsupported(Why::Object, "extending a list by a CPython object")),
            _ => self.to_list(other)?,
        };
        let Ty::List(other_elem) = &other.ty else {
            return Err(self.unsupported(Why::Mixed, "extending a list by this"));
        };
        if **other_elem == Ty::Bottom {
            return Ok(list.clone());
        }
        if *elem != Ty::Bottom && elem != *other_elem {
            let (a, b) = (self.widen_list(list, other_elem), self.widen_list(&other, &elem));
            if let Some(restart) = a.or(b) {
                return Err(restart);
            }
            return Err(self.unsupported(Why::Mixed, "extending a list by one of another type"));
        }
        let mut list = list.clone();
        if *elem == Ty::Bottom {
            self.own_list(list.value())?;
            let refined = Val::one(other.ty.clone(), list.value());
            self.rebind_list(list.value(), &refined);
            list = refined;
        }
        self.b.call_rt_unit(Rt::ListExtend, vec![arg(&list), arg(&other)]);
        Ok(list)
    }

    /// `list(val)`: a new list of what it yields.
    pub fn to_list(&mut self, val: &Val) -> Res {
        if let Some(elems) = self.static_elements(val) {
            return self.make_list(&elems);
        }
        if let Ty::List(_) = val.ty {
            let copy = self.rt(
                Rt::ListSlice,
                vec![arg(val), Arg::Imm(0), Arg::Imm(0), Arg::Imm(0), Arg::Imm(1)],
                val.ty.clone(),
            );
            self.made_of(&copy, &[val]);
            return Ok(copy);
        }
        let key = self.temp_key("list");
        let elem = self.hinted(Ty::Bottom);
        let empty = self.new_list(&elem, 0);
        self.made_here(&empty);
        self.set_key(key.clone(), empty);
        self.for_each(val, &mut |cx, elem| {
            let list = cx.read_key(&key)?;
            cx.append(&list, elem)
        })?;
        let list = self.read_key(&key)?;
        std::rc::Rc::make_mut(&mut self.env).remove(&key);
        Ok(list)
    }

    /// Runs `body` on each element of a value.
    pub fn for_each(&mut self, val: &Val, body: &mut dyn FnMut(&mut Self, &Val) -> Res<()>) -> Res<()> {
        let iter = self.iter(val)?;
        let (out, breaks) = self.count_loop(&iter, Default::default(), &|_| true, body)?;
        let mut ends = out;
        ends.extend(breaks);
        match self.merge_all(ends)? {
            Some(_) => Ok(()),
            None => Err(super::Bail::Unreachable),
        }
    }

    /// Folds the elements of a value; `step` gets the value so far and the next element.
    pub fn fold(&mut self, val: &Val, first: &Val, step: &mut dyn FnMut(&mut Self, &Val, &Val) -> Res) -> Res {
        let key = self.temp_key("acc");
        self.set_key(key.clone(), first.clone());
        self.for_each(val, &mut |cx, elem| {
            let so_far = cx.read_key(&key)?;
            let next = step(cx, &so_far, elem)?;
            let next = cx.materialize(&next)?;
            cx.set_key(key.clone(), next);
            Ok(())
        })?;
        let result = self.read_key(&key)?;
        std::rc::Rc::make_mut(&mut self.env).remove(&key);
        Ok(result)
    }

    /// `len(val)`, where it is no array.
    pub fn len_of(&mut self, val: &Val) -> Res {
        let len = match &val.ty {
            Ty::Tuple(elems) => return Ok(self.int(elems.len() as i64)),
            _ if val.is_list_lit() => {
                let n = val.elements().unwrap_or_default().len() as i64;
                return Ok(self.int(n));
            }
            Ty::List(_) | Ty::Str => self.sequence_len(val),
            Ty::Range => self.range_len(val),
            other => {
                let text = format!("object of type '{}' has no len()", other.python_name());
                return Err(self.type_error(text));
            }
        };
        Ok(Val::one(Ty::Int, len).with_konst(crate::val::Konst::NonNegative))
    }

    /// A Python float of any number.
    pub fn float_of(&mut self, val: &Val) -> Res<ir::Value> {
        self.to_dtype(val, DType::F64)
    }
}

/// The positions that a slice picks from `n` elements.
fn slice_positions(n: i64, start: Option<i64>, stop: Option<i64>, step: i64) -> Vec<usize> {
    let (low, high) = if step < 0 { (-1, n - 1) } else { (0, n) };
    let clamp = |x: i64| if x < 0 { (x + n).max(low) } else { x.min(high) };
    let mut at = start.map_or(if step < 0 { n - 1 } else { 0 }, clamp);
    let stop = stop.map_or(if step < 0 { -1 } else { n }, clamp);
    let mut out = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        out.push(at as usize);
        at += step;
    }
    out
}
