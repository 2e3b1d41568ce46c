//! Conversions between representations.

use super::{FnLower, Res};
use crate::DType;
use crate::diag::Why;
use crate::types::{self, Ty, UnionLayout};
use crate::val::{Konst, Val};
use lnp_ir::{self as ir, Arg, Const, Inst, Rt, ScalarOp};

impl<'a> FnLower<'a> {
    /// A scalar as an SSA value of a dtype, as NumPy casts (also Python scalars).
    pub fn to_dtype(&mut self, val: &Val, dtype: DType) -> Res<ir::Value> {
        if let Ty::Union(members) = &val.ty
            && members.iter().all(Ty::is_scalar)
        {
            let one = self.each_member(val, &mut |cx, member| {
                Ok(Val::one(Ty::Np(dtype), cx.to_dtype(member, dtype)?))
            })?;
            return Ok(one.value());
        }
        if !val.ty.is_scalar() {
            return Err(self.unsupported(
                Why::Mixed,
                format!("a '{}' where a number is needed", val.ty.python_name()),
            ));
        }
        Ok(self.b.cast(val.value(), dtype))
    }

    /// An index or extent as i64: `int`, `bool` or a NumPy integer (`operator.index`).
    pub fn to_index(&mut self, val: &Val) -> Res<ir::Value> {
        match &val.ty {
            Ty::Int | Ty::Bool | Ty::Np(DType::I32 | DType::I64) => self.to_dtype(val, DType::I64),
            Ty::Obj => {
                let index = self.py_expr("__import__('operator').index(_a)", &[("_a", val)])?;
                Ok(self
                    .b
                    .call_rt(Rt::PyToI64, vec![Arg::Value(index.value())], ir::Ty::I64))
            }
            Ty::Union(_) => {
                let one = self.each_member(val, &mut |cx, member| Ok(Val::one(Ty::Int, cx.to_index(member)?)))?;
                Ok(one.value())
            }
            other => {
                let message = format!("'{}' object cannot be interpreted as an integer", other.python_name());
                Err(self.type_error(message))
            }
        }
    }

    /// A Python number as another, wider one; the types are known to allow it.
    pub fn widen(&mut self, val: &Val, to: &Ty) -> Res {
        let Some(dtype) = to.scalar_dtype() else {
            return Ok(val.clone());
        };
        let value = self.to_dtype(val, dtype)?;
        Ok(Val::one(to.clone(), value))
    }

    /// The SSA values of `val` in the representation of type `to`, which its type joins to.
    pub fn convert(&mut self, val: &Val, to: &Ty) -> Res<Vec<ir::Value>> {
        let val = self.materialize(val)?;
        if val.ty == *to {
            return Ok(val.vals);
        }
        match (&val.ty, to) {
            (Ty::Bottom, _) => Ok(self.dummies(to)),
            (Ty::List(_), Ty::Obj) => Ok(vec![self.hand_over(&val)?.value()]),
            (_, Ty::Obj) => Ok(vec![self.to_obj(&val)?.value()]),
            (Ty::Union(_), Ty::Union(members)) => Ok(self.reunite(&val, members)),
            (_, Ty::Union(members)) => self.inject(&val, members),
            (Ty::List(_), Ty::List(_)) => Ok(val.vals),
            (Ty::Tuple(_), Ty::Tuple(tys)) => {
                let mut out = Vec::new();
                for (elem, ty) in val.elements().unwrap_or_default().iter().zip(tys) {
                    out.extend(self.convert(elem, ty)?);
                }
                Ok(out)
            }
            (from, _) => {
                let reason = format!("a '{}' where a '{}' is needed", from.python_name(), to.python_name());
                Err(self.unsupported(Why::Mixed, reason))
            }
        }
    }

    /// `val` as a value of type `to`.
    pub fn as_ty(&mut self, val: &Val, to: &Ty) -> Res {
        let vals = self.convert(val, to)?;
        Ok(Val {
            ty: to.clone(),
            vals,
            konst: (val.ty == *to).then(|| val.konst.clone()).flatten(),
        })
    }

    /// Values that are never looked at. References are an immortal string.
    pub fn dummies(&mut self, ty: &Ty) -> Vec<ir::Value> {
        ty.repr().into_iter().map(|t| self.dummy(t)).collect()
    }

    fn dummy(&mut self, ty: ir::Ty) -> ir::Value {
        match ty {
            ir::Ty::Scalar(DType::Bool) => self.b.bool(false),
            ir::Ty::Scalar(DType::I32) => self.b.constant(Const::I32(0)),
            ir::Ty::Scalar(DType::I64) => self.b.i64(0),
            ir::Ty::Scalar(DType::F32) => self.b.constant(Const::F32(0)),
            ir::Ty::Scalar(DType::F64) => self.b.f64(0.0),
            ir::Ty::Scalar(DType::C128) => self.b.constant(Const::C128(0, 0)),
            ir::Ty::Str => self.b.str(""),
            other => {
                let empty = self.b.str("");
                self.b.push1(Inst::RefCast(empty), other)
            }
        }
    }

    /// Makes the lists of list displays, also within tuples; any other value as it is.
    pub fn materialize(&mut self, val: &Val) -> Res {
        match &val.konst {
            Some(Konst::ListLit(elems)) => {
                let elems = elems.clone();
                self.make_list(&elems)
            }
            Some(Konst::Tuple(parts)) if parts.iter().any(|p| has_lit(p.as_ref())) => {
                let mut elems = Vec::new();
                for elem in val.elements().unwrap_or_default() {
                    elems.push(self.materialize(&elem)?);
                }
                Ok(Val::tuple(elems))
            }
            _ => Ok(val.clone()),
        }
    }

    /// A list of these elements. Elements without a common native form become objects.
    pub fn make_list(&mut self, elems: &[Val]) -> Res {
        let ty = self.hinted(common(elems));
        let mixed = ty == Ty::Obj && elems.iter().any(|e| e.ty != Ty::Obj);
        if mixed || ty != Ty::Bottom && sig(&ty).is_none() {
            self.warn(
                Why::Mixed,
                "the list's elements have no common native type",
                self.range.clone(),
            );
            return self.list_of(elems, &Ty::Obj);
        }
        self.list_of(elems, &ty)
    }

    fn list_of(&mut self, elems: &[Val], ty: &Ty) -> Res {
        self.display_depth += 1;
        let rows = self.display_rows(elems, ty);
        self.display_depth -= 1;
        let rows = rows?;
        let list = self.new_list(ty, rows.len() as i64);
        self.made_here(&list);
        for (made, slots) in rows {
            self.put_into(&list, &made);
            self.append_slots(&list, ty, slots);
        }
        Ok(list)
    }

    /// The elements of a display and their slots. Elements come before their list.
    fn display_rows(&mut self, elems: &[Val], ty: &Ty) -> Res<Vec<(Val, Vec<ir::Value>)>> {
        let mut rows = Vec::new();
        for elem in elems {
            let made = match (ty, &elem.konst) {
                (Ty::List(inner), Some(Konst::ListLit(parts))) => self.list_of(&parts.clone(), inner)?,
                _ => self.materialize(elem)?,
            };
            let slots = self.convert(&made, ty)?;
            rows.push((made, slots));
        }
        Ok(rows)
    }

    /// An empty list with room for `n` elements of a type that has a signature.
    pub fn new_list(&mut self, elem: &Ty, n: i64) -> Val {
        let args = vec![Arg::Str(sig(elem).unwrap_or_default()), Arg::Imm(n)];
        self.rt(Rt::ListNew, args, Ty::list(elem.clone()))
    }

    pub fn append_slots(&mut self, list: &Val, elem: &Ty, slots: Vec<ir::Value>) {
        let args = vec![
            Arg::Value(list.value()),
            Arg::Str(sig(elem).unwrap_or_default()),
            Arg::Slots(slots),
        ];
        self.b.call_rt_unit(Rt::ListAppend, args);
    }

    /// Element `index` (i64, may be negative; checked) of a list.
    pub fn list_element(&mut self, list: &Val, index: ir::Value) -> Res {
        let Ty::List(elem) = list.ty.clone() else {
            return Err(self.unsupported(Why::Mixed, "not a list"));
        };
        if *elem == Ty::Bottom {
            // Known to be empty.
            return Err(self.raise(lnp_abi::ExceptionKind::IndexError, "list index out of range"));
        }
        let mut slot = 0;
        let mut vals = Vec::new();
        self.read_slots(list.value(), index, &elem, &mut slot, &mut vals);
        let val = Val::new(*elem, vals);
        self.got_from(list, &val);
        Ok(val)
    }

    fn read_slots(&mut self, list: ir::Value, index: ir::Value, ty: &Ty, slot: &mut i64, out: &mut Vec<ir::Value>) {
        if let Ty::Tuple(parts) = ty {
            for part in parts {
                self.read_slots(list, index, part, slot, out);
            }
            return;
        }
        for repr in ty.repr() {
            let mut get = |cx: &mut Self, rt, result| {
                let args = vec![Arg::Value(list), Arg::Value(index), Arg::Imm(*slot)];
                *slot += 1;
                cx.b.call_rt(rt, args, result)
            };
            let value = match repr {
                ir::Ty::Scalar(DType::F64) => get(self, Rt::ListGetF64, ir::Ty::F64),
                ir::Ty::Scalar(DType::C128) => {
                    let re = get(self, Rt::ListGetF64, ir::Ty::F64);
                    let im = get(self, Rt::ListGetF64, ir::Ty::F64);
                    let args = vec![re, im];
                    self.b.push1(
                        Inst::Scalar {
                            op: ScalarOp::MakeComplex,
                            args,
                        },
                        ir::Ty::C128,
                    )
                }
                ir::Ty::Scalar(DType::Bool) => {
                    let bits = get(self, Rt::ListGetI64, ir::Ty::I64);
                    let mask = self.b.i64(0xff);
                    let low = self.b.scalar(ScalarOp::And, &[bits, mask]);
                    self.b.cast(low, DType::Bool)
                }
                ir::Ty::Scalar(dtype) => {
                    let bits = get(self, Rt::ListGetI64, ir::Ty::I64);
                    self.b.cast(bits, dtype)
                }
                reference => {
                    let any = get(self, Rt::ListGetRef, ir::Ty::Ref);
                    match reference {
                        ir::Ty::Ref => any,
                        other => self.b.push1(Inst::RefCast(any), other),
                    }
                }
            };
            out.push(value);
        }
    }
}

/// The type of a list's elements; displays within a display agree on one.
pub fn common(elems: &[Val]) -> Ty {
    let displays: Option<Vec<&[Val]>> = elems
        .iter()
        .map(|e| match &e.konst {
            Some(Konst::ListLit(parts)) => Some(&parts[..]),
            _ => None,
        })
        .collect();
    match displays {
        Some(displays) if !displays.is_empty() => Ty::list(common(&displays.concat())),
        _ => elems.iter().fold(Ty::Bottom, |ty, e| types::join(&ty, &e.ty)),
    }
}

fn has_lit(konst: Option<&Konst>) -> bool {
    match konst {
        Some(Konst::ListLit(_)) => true,
        Some(Konst::Tuple(parts)) => parts.iter().any(|p| has_lit(p.as_ref())),
        _ => false,
    }
}

/// The runtime's signature of a type: how its values lie in slots, in lists and for `repr`.
/// `None` for types that have none.
pub fn sig(ty: &Ty) -> Option<String> {
    let parts = |tys: &[Ty]| tys.iter().map(sig).collect::<Option<String>>();
    Some(match ty {
        Ty::Int => "i".into(),
        Ty::Bool => "b".into(),
        Ty::Float => "f".into(),
        Ty::Complex => "c".into(),
        Ty::Str => "s".into(),
        Ty::None => "N".into(),
        Ty::Np(DType::Bool) => "?".into(),
        Ty::Np(DType::I32) => "h".into(),
        Ty::Np(DType::I64) => "l".into(),
        // Narrow floats have no slot that compiled code can read back.
        Ty::Np(DType::F32) => return None,
        Ty::Np(DType::F64) => "d".into(),
        Ty::Np(DType::C128) => "C".into(),
        Ty::Array(..) => "a".into(),
        Ty::List(elem) if **elem == Ty::Bottom => "L".into(),
        Ty::List(elem) => format!("L<{}>", sig(elem)?),
        Ty::Obj => "o".into(),
        Ty::Rng => "r".into(),
        Ty::Tuple(tys) => format!("({})", parts(tys)?),
        Ty::Union(tys) => {
            let layout = UnionLayout::of(tys);
            let kinds = [layout.bits, layout.complex, layout.reference];
            if kinds.iter().flatten().count() > 1 {
                return None;
            }
            format!("{{{}}}", parts(tys)?)
        }
        _ => return None,
    })
}
