//! Symbolic extents, hash-consed: equal ids are equal numbers.

use lnp_ir::Value;
use std::collections::HashMap;

/// An extent. Two values of one id are equal whenever both exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ExtId(u32);

/// How an extent is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Ext {
    Const(i64),
    /// An `i64` value of the function.
    Val(Value),
    /// The extent of an axis of an array that is not known otherwise.
    Axis(Value, u8),
    /// `max(base - k, 0)`, `k > 0`.
    Minus(ExtId, i64),
    /// `base + k`, `k > 0`.
    Plus(ExtId, i64),
    /// The length of a slice of an axis: base, then start, stop, step.
    Slice(ExtId, [Option<ExtId>; 3]),
    /// What broadcasting these (sorted, at least two, none is 1) gives.
    Broadcast(Vec<ExtId>),
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Extents {
    items: Vec<Ext>,
    ids: HashMap<Ext, ExtId>,
}

impl Extents {
    pub(crate) fn get(&self, id: ExtId) -> &Ext {
        &self.items[id.0 as usize]
    }

    pub(crate) fn id(&mut self, ext: Ext) -> ExtId {
        if let Some(&id) = self.ids.get(&ext) {
            return id;
        }
        let id = ExtId(self.items.len() as u32);
        self.items.push(ext.clone());
        self.ids.insert(ext, id);
        id
    }

    pub(crate) fn constant(&mut self, v: i64) -> ExtId {
        self.id(Ext::Const(v))
    }

    pub(crate) fn as_const(&self, id: ExtId) -> Option<i64> {
        match self.get(id) {
            Ext::Const(v) => Some(*v),
            _ => None,
        }
    }

    fn minus(&mut self, base: ExtId, k: i64) -> ExtId {
        match *self.get(base) {
            _ if k == 0 => base,
            Ext::Const(n) => self.constant((n - k).max(0)),
            Ext::Plus(inner, a) if a >= k => self.plus(inner, a - k),
            Ext::Plus(inner, a) => self.minus(inner, k - a),
            // max(max(n - a, 0) - b, 0) == max(n - (a + b), 0) for a, b >= 0.
            Ext::Minus(inner, a) => match a.checked_add(k) {
                Some(sum) => self.id(Ext::Minus(inner, sum)),
                None => self.id(Ext::Minus(base, k)),
            },
            _ => self.id(Ext::Minus(base, k)),
        }
    }

    /// `base + k` for `k >= 0`.
    pub(crate) fn plus(&mut self, base: ExtId, k: i64) -> ExtId {
        match *self.get(base) {
            _ if k == 0 => base,
            Ext::Const(n) if n.checked_add(k).is_some() => self.constant(n + k),
            Ext::Plus(inner, a) if a.checked_add(k).is_some() => self.id(Ext::Plus(inner, a + k)),
            _ => self.id(Ext::Plus(base, k)),
        }
    }

    /// The length of `start:stop:step` of an axis of extent `base`, which is not negative.
    pub(crate) fn slice(&mut self, base: ExtId, parts: [Option<ExtId>; 3]) -> ExtId {
        let [start, stop, step] = parts;
        let known = |part: Option<ExtId>, absent: i64| match part {
            None => Some(absent),
            Some(id) => self.as_const(id),
        };
        let small = |v: &i64| v.unsigned_abs() < 1 << 40;
        if known(step, 1) == Some(1) {
            // From `a` on from the left, to `b` before the end: max(n - a - b, 0).
            let from = known(start, 0).filter(|a| *a >= 0).filter(small);
            let before = match stop {
                None => Some(0),
                Some(id) => self.as_const(id).filter(|b| *b < 0).filter(small).map(|b| -b),
            };
            if let (Some(a), Some(b)) = (from, before) {
                return self.minus(base, a + b);
            }
        }
        if let (Some(n), Some(step)) = (self.as_const(base), known(step, 1))
            && let (Some(a), Some(b)) = (
                known(start, if step < 0 { i64::MAX } else { 0 }),
                known(stop, if step < 0 { i64::MIN } else { i64::MAX }),
            )
            && step != 0
            && step != i64::MIN
        {
            return self.constant(python_slice_len(n, a, b, step));
        }
        self.id(Ext::Slice(base, parts))
    }

    /// The extent that broadcasting gives where it is possible.
    pub(crate) fn broadcast(&mut self, a: ExtId, b: ExtId) -> ExtId {
        let one = self.constant(1);
        if a == b || b == one {
            return a;
        }
        if a == one {
            return b;
        }
        // A constant that is not 1 is the result, or the operation fails.
        if self.as_const(a).is_some() {
            return a;
        }
        if self.as_const(b).is_some() {
            return b;
        }
        let mut parts = Vec::new();
        for id in [a, b] {
            match self.get(id) {
                Ext::Broadcast(inner) => parts.extend(inner.iter().copied()),
                _ => parts.push(id),
            }
        }
        parts.sort();
        parts.dedup();
        if parts.len() == 1 {
            parts[0]
        } else {
            self.id(Ext::Broadcast(parts))
        }
    }

    /// The same extent in another table, its leaves replaced; `None` where a leaf has no
    /// replacement.
    pub(crate) fn translate(
        &self,
        id: ExtId,
        to: &mut Extents,
        leaf: &mut dyn FnMut(&Ext) -> Option<ExtId>,
    ) -> Option<ExtId> {
        match self.get(id) {
            Ext::Const(v) => Some(to.constant(*v)),
            ext @ (Ext::Val(_) | Ext::Axis(..)) => leaf(ext),
            Ext::Minus(base, k) => {
                let base = self.translate(*base, to, leaf)?;
                Some(to.minus(base, *k))
            }
            Ext::Plus(base, k) => {
                let base = self.translate(*base, to, leaf)?;
                Some(to.plus(base, *k))
            }
            Ext::Slice(base, parts) => {
                let base = self.translate(*base, to, leaf)?;
                let mut out = [None; 3];
                for (part, out) in parts.iter().zip(&mut out) {
                    if let Some(id) = part {
                        *out = Some(self.translate(*id, to, leaf)?);
                    }
                }
                Some(to.slice(base, out))
            }
            Ext::Broadcast(parts) => {
                let mut result = None;
                for part in parts {
                    let part = self.translate(*part, to, leaf)?;
                    result = Some(match result {
                        None => part,
                        Some(sum) => to.broadcast(sum, part),
                    });
                }
                result
            }
        }
    }
}

/// The length of a Python slice with clamping.
fn python_slice_len(n: i64, start: i64, stop: i64, step: i64) -> i64 {
    let (low, high) = if step < 0 { (-1, n - 1) } else { (0, n) };
    // An absent end is at the far side: it must not count from the end.
    let clamp = |v: i64| match v {
        i64::MIN => low,
        v if v < 0 => (v + n).max(low),
        v => v.min(high),
    };
    let (start, stop) = (clamp(start), clamp(stop));
    let len = if step < 0 { start - stop } else { stop - start };
    if len <= 0 { 0 } else { (len - 1) / step.abs() + 1 }
}

#[cfg(test)]
mod tests {
    use super::{Extents, python_slice_len};
    use cranelift_entity::EntityRef;
    use lnp_ir::Value;

    #[test]
    fn slices_as_python_counts_them() {
        let cases = [
            ((5, 1, -1, 1), 3),
            ((5, 0, i64::MAX, 2), 3),
            ((5, i64::MAX, i64::MIN, -1), 5),
            ((5, 3, 0, -2), 2),
            ((0, 1, -1, 1), 0),
            ((5, -2, i64::MAX, 1), 2),
            ((3, -7, 9, 1), 3),
            ((5, i64::MAX, -3, -1), 2),
        ];
        for ((n, a, b, s), want) in cases {
            assert_eq!(python_slice_len(n, a, b, s), want, "{n}: {a}:{b}:{s}");
        }
    }

    #[test]
    fn both_neighbours_of_the_interior_are_equal() {
        let mut e = Extents::default();
        let n = e.id(super::Ext::Val(Value::new(3)));
        let [one, two, m1, m2] = [1, 2, -1, -2].map(|v| e.constant(v));
        let left = e.slice(n, [None, Some(m2), None]);
        let mid = e.slice(n, [Some(one), Some(m1), None]);
        let right = e.slice(n, [Some(two), None, None]);
        assert!(left == mid && mid == right);
        let inner = e.slice(mid, [Some(one), None, None]);
        assert_ne!(inner, mid);
    }
}
