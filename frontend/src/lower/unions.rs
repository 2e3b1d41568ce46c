//! Tagged values: taking them apart, and doing an operation once per member.

use super::{Edge, FnLower, Res};
use crate::types::{Payload, Ty, UnionLayout, payload};
use crate::val::Val;
use lnp_ir::{self as ir, DType, Inst, ScalarOp};

impl<'a> FnLower<'a> {
    /// A union's value as its member `idx`; meaningful only where the tag says so.
    pub fn member(&mut self, val: &Val, idx: usize) -> Val {
        let Ty::Union(members) = &val.ty else {
            return val.clone();
        };
        let layout = UnionLayout::of(members);
        let ty = members[idx].clone();
        let slot = |at: Option<usize>| val.vals[at.expect("the layout has every member's slot")];
        let value = match payload(&ty) {
            None | Some(Payload::Nothing) => return Val::unit(ty),
            Some(Payload::Complex) => slot(layout.complex),
            Some(Payload::Reference) => {
                let to = ty.repr()[0];
                self.b.push1(Inst::RefCast(slot(layout.reference)), to)
            }
            Some(Payload::Bits) => {
                let bits = slot(layout.bits);
                match ty.scalar_dtype() {
                    Some(DType::F64) => self.b.push1(Inst::Bitcast(bits), ir::Ty::F64),
                    Some(DType::F32) => {
                        let wide = self.b.push1(Inst::Bitcast(bits), ir::Ty::F64);
                        self.b.cast(wide, DType::F32)
                    }
                    Some(dtype) => self.b.cast(bits, dtype),
                    None => bits,
                }
            }
        };
        Val::one(ty, value)
    }

    /// The representation of a value as a union of `members`, of which its type is one.
    pub fn inject(&mut self, val: &Val, members: &[Ty]) -> Res<Vec<ir::Value>> {
        let tag = members.iter().position(|m| *m == val.ty);
        // An empty list is a member under its element type too.
        let tag = tag.or_else(|| {
            members
                .iter()
                .position(|m| matches!((m, &val.ty), (Ty::List(_), Ty::List(_))))
        });
        let Some(tag) = tag else {
            return Err(self.unsupported(crate::Why::Mixed, "a value of an unexpected type"));
        };
        let tag_value = self.b.i64(tag as i64);
        let mut out = self.dummies(&Ty::Union(members.to_vec()));
        out[0] = tag_value;
        let layout = UnionLayout::of(members);
        match payload(&members[tag]) {
            None | Some(Payload::Nothing) => {}
            Some(Payload::Complex) => out[layout.complex.unwrap_or(0)] = val.value(),
            Some(Payload::Reference) => {
                let reference = self.b.push1(Inst::RefCast(val.value()), ir::Ty::Ref);
                out[layout.reference.unwrap_or(0)] = reference;
            }
            Some(Payload::Bits) => {
                let bits = match val.ty.scalar_dtype() {
                    Some(DType::F64 | DType::F32) => {
                        let wide = self.b.cast(val.value(), DType::F64);
                        self.b.push1(Inst::Bitcast(wide), ir::Ty::I64)
                    }
                    _ => self.b.cast(val.value(), DType::I64),
                };
                out[layout.bits.unwrap_or(0)] = bits;
            }
        }
        Ok(out)
    }

    /// A union's value in the representation of a wider (or, where the tag is known to
    /// allow it, narrower) union: the tag is translated, the payload moved.
    pub fn reunite(&mut self, val: &Val, to: &[Ty]) -> Vec<ir::Value> {
        let Ty::Union(from) = &val.ty else {
            return Vec::new();
        };
        let mut out = self.dummies(&Ty::Union(to.to_vec()));
        let mut tag = self.b.i64(0);
        for (idx, member) in from.iter().enumerate() {
            let Some(new) = to.iter().position(|m| m == member) else {
                continue;
            };
            let is_it = self.has_tag(val, idx);
            let new = self.b.i64(new as i64);
            tag = self.b.scalar(ScalarOp::Select, &[is_it, new, tag]);
        }
        out[0] = tag;
        let (a, b) = (UnionLayout::of(from), UnionLayout::of(to));
        for (src, dst) in [(a.bits, b.bits), (a.complex, b.complex), (a.reference, b.reference)] {
            if let (Some(src), Some(dst)) = (src, dst) {
                out[dst] = val.vals[src];
            }
        }
        out
    }

    /// Whether a union holds its member `idx`.
    pub fn has_tag(&mut self, val: &Val, idx: usize) -> ir::Value {
        let idx = self.b.i64(idx as i64);
        self.b.scalar(ScalarOp::Eq, &[val.vals[0], idx])
    }

    /// A union restricted to the members that `keep` accepts, for where the tag is known to be
    /// one of those.
    pub fn restrict(&mut self, val: &Val, keep: impl Fn(&Ty) -> bool) -> Val {
        let Ty::Union(members) = &val.ty else {
            return val.clone();
        };
        let kept: Vec<usize> = (0..members.len()).filter(|&i| keep(&members[i])).collect();
        match kept[..] {
            [] => val.clone(),
            [only] => self.member(val, only),
            _ if kept.len() == members.len() => val.clone(),
            _ => {
                let to: Vec<Ty> = kept.iter().map(|&i| members[i].clone()).collect();
                let vals = self.reunite(val, &to);
                Val::new(Ty::Union(to), vals)
            }
        }
    }

    /// Applies `op` to a value; to a union, once per member, with the results joined.
    pub fn each_member(&mut self, val: &Val, op: &mut dyn FnMut(&mut Self, &Val) -> Res) -> Res {
        let Ty::Union(members) = &val.ty else {
            return op(self, val);
        };
        let n = members.len();
        let mut edges: Vec<Edge> = Vec::new();
        for idx in 0..n {
            let next = if idx + 1 < n {
                let cond = self.has_tag(val, idx);
                let then = self.b.func.new_block();
                let other = self.b.func.new_block();
                self.b.branch(cond, then, other);
                self.b.switch_to(then);
                Some(Edge {
                    block: other,
                    env: self.env.clone(),
                    vals: vec![],
                })
            } else {
                None
            };
            let member = self.member(val, idx);
            match self.conditionally(|cx| op(cx, &member)) {
                Ok(result) => {
                    let result = self.materialize(&result)?;
                    edges.push(self.edge(vec![result]));
                }
                Err(super::Bail::Unreachable) => {}
                // The type of the result is this member's only.
                Err(super::Bail::Unsupported { why, reason, span, .. }) => {
                    let ty = None;
                    return Err(super::Bail::Unsupported { why, reason, span, ty });
                }
                Err(bail) => return Err(bail),
            }
            if let Some(next) = next {
                self.follow(&next);
            }
        }
        match self.merge_all(edges)? {
            Some(mut vals) => Ok(vals.remove(0)),
            None => Err(super::Bail::Unreachable),
        }
    }

    /// As [`FnLower::each_member`] over several values at once.
    pub fn each_member_of(&mut self, vals: &[Val], op: &mut dyn FnMut(&mut Self, &[Val]) -> Res) -> Res {
        let Some(at) = vals.iter().position(|v| matches!(v.ty, Ty::Union(_))) else {
            return op(self, vals);
        };
        let mut rest = vals.to_vec();
        self.each_member(&vals[at].clone(), &mut |cx, member| {
            rest[at] = member.clone();
            cx.each_member_of(&rest.clone(), op)
        })
    }

    /// A union of references from a tag (a position in `members`) and a reference.
    pub fn union_of_ref(&mut self, members: &[Ty], tag: ir::Value, reference: ir::Value) -> Val {
        let ty = Ty::Union(members.to_vec());
        let reference = self.b.push1(Inst::RefCast(reference), ir::Ty::Ref);
        debug_assert_eq!(ty.width(), 2);
        Val::new(ty, vec![tag, reference])
    }
}
