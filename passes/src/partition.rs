//! Finds how far the statements that read each array reach beyond the point they write.
//!
//! Before:  launch kernel0 into %p[1:-1] (%q[2:], %q[:-2])
//! After:   halo %q (1:1)                                        // at the function's head
//!
//! Requires: launches (`outline`); slices with constant bounds.
//! Ensures:  `Func::halos` names each array of which views are read at different offsets.
//! Keeps:    everything else: a hint for whoever lays the array out over ranks.
//!
//! A view whose slices start at constants, counted from the front, and step by one stands at
//! an offset in its array. The point that a statement writes stands at its destination's
//! offset, or, for a new array, midway between its operands' offsets.

use crate::{Changed, Options};
use cranelift_entity::SecondaryMap;
use lnp_ir::{Const, Func, Halo, Inst, LaunchMode, Module, Ty, Value, ViewDim};
use std::collections::BTreeMap;

/// Wider than this is no stencil.
const MAX_MARGIN: i64 = 64;

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let mut changed = false;
    for func in module.funcs.values_mut() {
        let halos = find(func);
        changed |= halos != func.halos;
        func.halos = halos;
    }
    Changed::when(changed)
}

/// Where an array's axes lie in the array it is a view of: axis there, and offset.
#[derive(Clone)]
struct Place {
    root: Value,
    axes: Vec<Option<(u8, i64)>>,
}

fn find(func: &Func) -> Vec<Halo> {
    let consts = crate::analysis::facts::constants(func);
    let mut places: SecondaryMap<Value, Option<Place>> = SecondaryMap::new();
    let mut margins: BTreeMap<Value, Vec<(u32, u32)>> = BTreeMap::new();
    // Definitions of views come before their uses in the layout but for block parameters,
    // which are roots.
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            match &data.inst {
                Inst::View { base, dims, .. } => {
                    let base = place(func, &places, *base);
                    places[data.results[0]] = Some(view(func, &consts, base, dims, data.results[0]));
                }
                Inst::Launch { inputs, mode, .. } => {
                    let dst = match mode {
                        LaunchMode::Into { dst, .. } => Some(place(func, &places, *dst)),
                        LaunchMode::Fresh | LaunchMode::Reduce { .. } => None,
                    };
                    launch(func, &places, inputs, dst, &mut margins);
                }
                _ => {}
            }
        }
    }
    margins
        .into_iter()
        .filter(|(_, m)| m.iter().any(|w| *w != (0, 0)))
        .map(|(array, margins)| Halo { array, margins })
        .collect()
}

fn ndim(func: &Func, v: Value) -> u8 {
    match func.ty(v) {
        Ty::Array { ndim, .. } => ndim,
        _ => 0,
    }
}

fn place(func: &Func, places: &SecondaryMap<Value, Option<Place>>, v: Value) -> Place {
    places[v].clone().unwrap_or_else(|| Place {
        root: v,
        axes: (0..ndim(func, v)).map(|axis| Some((axis, 0))).collect(),
    })
}

fn view(
    func: &Func,
    consts: &SecondaryMap<Value, Option<Const>>,
    base: Place,
    dims: &[ViewDim],
    result: Value,
) -> Place {
    let mut axes = Vec::new();
    let mut from = base.axes.iter().copied();
    for dim in dims {
        match dim {
            ViewDim::NewAxis => axes.push(None),
            ViewDim::Full => axes.extend(from.next()),
            ViewDim::Index(_) => {
                from.next();
            }
            ViewDim::Slice { start, step, .. } => {
                let known = |v: &Option<Value>, absent| match v {
                    None => Some(absent),
                    Some(v) => match consts[*v] {
                        Some(Const::I64(n)) => Some(n),
                        _ => None,
                    },
                };
                let offset = match (known(start, 0), known(step, 1)) {
                    (Some(a), Some(1)) if (0..=MAX_MARGIN).contains(&a) => Some(a),
                    _ => None,
                };
                let axis = from.next().flatten();
                axes.push(axis.zip(offset).map(|((axis, at), more)| (axis, at + more)));
            }
        }
    }
    axes.extend(from);
    debug_assert_eq!(axes.len(), ndim(func, result) as usize);
    Place { root: base.root, axes }
}

fn launch(
    func: &Func,
    places: &SecondaryMap<Value, Option<Place>>,
    inputs: &[Value],
    dst: Option<Place>,
    margins: &mut BTreeMap<Value, Vec<(u32, u32)>>,
) {
    let operands: Vec<Place> = inputs
        .iter()
        .filter(|&&v| matches!(func.ty(v), Ty::Array { .. }))
        .map(|&v| place(func, places, v))
        .collect();
    // Axes align from the right.
    let from_right = |p: &Place, k: usize| p.axes.len().checked_sub(k + 1).and_then(|i| p.axes[i]);
    let domain = operands.iter().chain(&dst).map(|p| p.axes.len()).max().unwrap_or(0);
    for k in 0..domain {
        let offsets: Vec<i64> = operands
            .iter()
            .filter_map(|p| from_right(p, k))
            .map(|(_, at)| at)
            .collect();
        let (Some(min), Some(max)) = (offsets.iter().min(), offsets.iter().max()) else {
            continue;
        };
        let here = match &dst {
            Some(dst) => from_right(dst, k).map(|(_, at)| at),
            None => Some((min + max) / 2),
        };
        let Some(here) = here else {
            continue;
        };
        for p in &operands {
            let Some((axis, at)) = from_right(p, k) else {
                continue;
            };
            let reach = at - here;
            if reach.abs() > MAX_MARGIN {
                continue;
            }
            let all = margins
                .entry(p.root)
                .or_insert_with(|| vec![(0, 0); ndim(func, p.root) as usize]);
            let (low, high) = &mut all[axis as usize];
            *low = (*low).max(u32::try_from(-reach).unwrap_or(0));
            *high = (*high).max(u32::try_from(reach).unwrap_or(0));
        }
    }
}
