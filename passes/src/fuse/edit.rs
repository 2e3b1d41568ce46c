//! Edits of array statements that keep body, inputs and checks in step.

use lnp_ir::{Body, BodyVal, ShapeCheck, Value};

/// A check's masks name inputs by bit.
pub(crate) const MAX_MASKED: usize = 64;

/// Removes the inputs that `keep` does not name; the body must not use them.
pub(crate) fn retain_inputs(body: &mut Body, inputs: &mut Vec<Value>, checks: &mut [ShapeCheck], keep: &[bool]) {
    // An array that goes may be in a check: its twin among those that stay stands for it.
    let stand_in: Vec<Option<usize>> = (0..inputs.len())
        .map(|i| {
            if keep[i] {
                Some(i)
            } else {
                (0..inputs.len()).find(|&j| keep[j] && inputs[j] == inputs[i])
            }
        })
        .collect();
    let mut new_idx = vec![0; inputs.len()];
    let mut next = 0;
    for (idx, &k) in keep.iter().enumerate() {
        new_idx[idx] = next;
        next += usize::from(k);
    }
    for check in checks.iter_mut() {
        for mask in &mut check.groups {
            let old = *mask;
            *mask = 0;
            for (idx, to) in stand_in.iter().enumerate().take(MAX_MASKED) {
                if old >> idx & 1 != 0
                    && let Some(to) = to
                {
                    *mask |= 1 << new_idx[*to];
                }
            }
        }
    }
    let n_old = body.params.len();
    let rename = |v: &mut BodyVal| {
        let old = v.0 as usize;
        *v = BodyVal(if old < n_old {
            new_idx[old] as u32
        } else {
            (old - n_old + next) as u32
        });
    };
    for inst in &mut body.insts {
        inst.args.iter_mut().for_each(rename);
    }
    body.results.iter_mut().for_each(rename);
    let mut it = keep.iter();
    body.params.retain(|_| *it.next().unwrap_or(&true));
    let mut it = keep.iter();
    inputs.retain(|_| *it.next().unwrap_or(&true));
}

/// The checks with each input's bit replaced by a mask of new bits.
pub(crate) fn remap_checks(checks: &[ShapeCheck], masks: &[u64]) -> Vec<ShapeCheck> {
    let remap = |mask: &u64| {
        let bits = masks.iter().enumerate().take(MAX_MASKED);
        bits.filter(|(i, _)| mask >> i & 1 != 0).fold(0, |new, (_, m)| new | m)
    };
    checks
        .iter()
        .map(|c| ShapeCheck {
            groups: c.groups.iter().map(remap).collect(),
            span: c.span,
        })
        .collect()
}

/// Drops checks that repeat an earlier one.
pub(crate) fn dedup_checks(checks: &mut Vec<ShapeCheck>) {
    let mut seen: Vec<Vec<u64>> = Vec::new();
    checks.retain(|c| {
        let new = !seen.contains(&c.groups);
        if new {
            seen.push(c.groups.clone());
        }
        new
    });
}
