//! Lets a statement write its result into an input that dies there.
//!
//! Before:  %t = map fresh (%a) { … }   %r = map fresh (%t, %b) { … }     // last use of %t
//! After:   %t = map fresh (%a) { … }   map into %t (%t, %b) { … }        // %r is %t
//!
//! Requires: fusion is done (a result in place cannot be fused).
//! Ensures:  nothing.
//! Keeps:    values and shapes: the input is read at a point before that point is written,
//!           and it has the result's shape, which also is the order of its elements in memory
//!           unless an operand is stored otherwise.
//!
//! The input must be an array of this function alone, all of its buffer, with no view left
//! alive: a result of `fresh` whose only uses are whole reads, the last one here.

use crate::analysis::alias::Summaries;
use crate::analysis::facts::{Facts, is_array};
use crate::analysis::shapes::ModuleShapes;
use crate::fuse::use_counts;
use crate::{Changed, Options};
use cranelift_entity::SecondaryMap;
use lnp_ir::{Block, Func, Inst, InstData, LaunchMode, Module, Value};

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let summaries = Summaries::new(module);
    let mut shapes = ModuleShapes::new(module);
    let mut changed = false;
    for (id, func) in module.funcs.iter_mut() {
        let mut facts = Facts::new(func, &summaries, shapes.take(id));
        let uses = use_counts(func);
        let mut replaced: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
        for block in func.order.clone() {
            for at in 0..func.blocks[block].insts.len() {
                if let Some(target) = candidate(func, &mut facts, &uses, &replaced, block, at) {
                    let data = &mut func.blocks[block].insts[at];
                    if let Inst::Map { mode, .. } = &mut data.inst {
                        *mode = LaunchMode::Into {
                            dst: target,
                            in_place: false,
                        };
                    }
                    let result = data.results[0];
                    data.results.clear();
                    replaced[result] = Some(target);
                    changed = true;
                }
            }
        }
        rename(func, &replaced);
    }
    Changed::when(changed)
}

/// The input that the statement at `at` may write into.
fn candidate(
    func: &Func,
    facts: &mut Facts<'_>,
    uses: &SecondaryMap<Value, u32>,
    replaced: &SecondaryMap<Value, Option<Value>>,
    block: Block,
    at: usize,
) -> Option<Value> {
    let insts = &func.blocks[block].insts;
    let data = &insts[at];
    let Inst::Map {
        body,
        inputs,
        mode: LaunchMode::Fresh,
        ..
    } = &data.inst
    else {
        return None;
    };
    if data.results.len() != 1 {
        return None;
    }
    // In place, the shapes must agree beforehand: a failure must leave nothing written.
    if facts.raises(func, data) {
        return None;
    }
    let shape = facts.shapes.of_value(func, data.results[0]);
    let ty = func.ty(data.results[0]);
    // The memory order of a new array follows all operands; another rank or order of one of
    // them might ask for another than the dying input's.
    let uniform = inputs
        .iter()
        .all(|&v| !is_array(func, v) || facts.shapes.of_value(func, v) == shape);
    if !uniform || body.results.len() != 1 {
        return None;
    }
    inputs.iter().copied().find(|&v| {
        func.ty(v) == ty
            && replaced[v].is_none()
            && uses[v] as usize == inputs.iter().filter(|w| **w == v).count()
            && insts[..at].iter().any(|p| makes(p, v))
    })
}

/// Whether an instruction makes the array: alone in its buffer, in an order of its own.
fn makes(data: &InstData, v: Value) -> bool {
    matches!(
        &data.inst,
        Inst::Map {
            mode: LaunchMode::Fresh,
            ..
        }
    ) && data.results.contains(&v)
}

fn rename(func: &mut Func, replaced: &SecondaryMap<Value, Option<Value>>) {
    for block in func.order.clone() {
        let data = &mut func.blocks[block];
        let name = |mut v: Value| {
            while let Some(to) = replaced[v] {
                v = to;
            }
            v
        };
        for inst in &mut data.insts {
            inst.inst.map_operands(name);
        }
        if let Some(term) = &mut data.term {
            term.map_operands(name);
        }
    }
}
