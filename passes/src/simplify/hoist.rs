//! Moves what a loop computes anew each time, and cannot raise, in front of the loop.
//!
//! Only instructions that touch no array elements move: scalars, extents, views that are
//! safe. A view is a handle, so writes to its buffer inside the loop do not matter.

use crate::analysis::facts::Facts;
use cranelift_entity::{EntitySet, SecondaryMap};
use lnp_abi::Effect;
use lnp_ir::{Block, Dominators, Func, Inst, InstData, Terminator, Value};

pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    let doms = Dominators::new(func);
    let mut changed = false;
    // Inner loops come later in reverse postorder; what leaves one may leave the next.
    let headers: Vec<Block> = doms
        .reverse_postorder()
        .iter()
        .copied()
        .filter(|&h| doms.preds(h).iter().any(|&p| doms.dominates(h, p)))
        .collect();
    for &header in headers.iter().rev() {
        let body = loop_body(&doms, header);
        let outside: Vec<Block> = doms
            .preds(header)
            .iter()
            .copied()
            .filter(|p| !body.contains(*p))
            .collect();
        // `simplify` leaves one entry to most loops; the rest is not worth a new block.
        let [before] = outside[..] else {
            continue;
        };
        if !matches!(func.blocks[before].term, Some(Terminator::Jump(_))) {
            continue;
        }
        changed |= hoist(func, facts, &doms, &body, before);
    }
    changed
}

/// The natural loop of a header.
fn loop_body(doms: &Dominators, header: Block) -> EntitySet<Block> {
    let mut body = EntitySet::new();
    body.insert(header);
    let mut work: Vec<Block> = doms
        .preds(header)
        .iter()
        .copied()
        .filter(|&p| doms.dominates(header, p))
        .collect();
    while let Some(block) = work.pop() {
        if body.insert(block) {
            work.extend(doms.preds(block));
        }
    }
    body
}

fn hoist(func: &mut Func, facts: &mut Facts<'_>, doms: &Dominators, body: &EntitySet<Block>, before: Block) -> bool {
    let mut inside: SecondaryMap<Value, bool> = SecondaryMap::new();
    for &block in &func.order {
        if body.contains(block) {
            let data = &func.blocks[block];
            for &v in data.params.iter().chain(data.insts.iter().flat_map(|i| &i.results)) {
                inside[v] = true;
            }
        }
    }
    let mut moved: Vec<InstData> = Vec::new();
    for &block in doms.reverse_postorder() {
        if !body.contains(block) {
            continue;
        }
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut kept = Vec::with_capacity(insts.len());
        for data in insts {
            let invariant = data.inst.operands().iter().all(|&v| !inside[v]);
            if invariant && is_free(&data.inst) && !facts.raises(func, &data) {
                for &result in &data.results {
                    inside[result] = false;
                }
                moved.push(data);
            } else {
                kept.push(data);
            }
        }
        func.blocks[block].insts = kept;
    }
    let changed = !moved.is_empty();
    func.blocks[before].insts.extend(moved);
    changed
}

fn is_free(inst: &Inst) -> bool {
    match inst {
        Inst::Scalar { .. } | Inst::Checked { .. } | Inst::Bitcast(_) | Inst::Dim { .. } | Inst::View { .. } => true,
        Inst::CallRt { rt, .. } => rt.sig().effect == Effect::Pure,
        _ => false,
    }
}
