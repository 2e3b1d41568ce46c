//! Drops what nothing needs: instructions without effect, block parameters, results of array
//! statements.

use super::{body, cfg};
use crate::analysis::facts::Facts;
use cranelift_entity::SecondaryMap;
use lnp_ir::{Block, Func, Inst, InstData, LaunchMode, Value};

pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    let live = live_values(func, facts);
    let mut changed = false;
    for block in func.order.clone() {
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        insts.retain_mut(|data| {
            let dead = data.results.iter().all(|&r| !live[r]) && facts.removable(func, data);
            changed |= dead;
            if !dead {
                changed |= narrow(data, &live);
            }
            !dead
        });
        func.blocks[block].insts = insts;
        if block != func.entry() {
            for idx in (0..func.blocks[block].params.len()).rev() {
                if !live[func.blocks[block].params[idx]] {
                    cfg::remove_param(func, block, idx);
                    changed = true;
                }
            }
        }
    }
    changed
}

/// Drops the unused results of an array statement with several.
fn narrow(data: &mut InstData, live: &SecondaryMap<Value, bool>) -> bool {
    let Inst::Map {
        body,
        mode: LaunchMode::Fresh,
        ..
    } = &mut data.inst
    else {
        return false;
    };
    // The last one stays: the statement may raise.
    if !data.results.iter().any(|&r| live[r]) || data.results.iter().all(|&r| live[r]) {
        return false;
    }
    let mut it = data.results.iter().map(|&r| live[r]);
    body.results.retain(|_| it.next().unwrap_or(true));
    data.results.retain(|&r| live[r]);
    *body = body::rebuild(body);
    true
}

fn live_values(func: &Func, facts: &mut Facts<'_>) -> SecondaryMap<Value, bool> {
    #[derive(Clone, Copy, Default)]
    enum Def {
        #[default]
        None,
        Inst(Block, usize),
        Param(Block, usize),
    }
    let mut defs: SecondaryMap<Value, Def> = SecondaryMap::new();
    let mut preds: SecondaryMap<Block, Vec<Block>> = SecondaryMap::new();
    let mut live: SecondaryMap<Value, bool> = SecondaryMap::new();
    let mut work: Vec<Value> = Vec::new();
    for &block in &func.order {
        let data = &func.blocks[block];
        for (idx, &param) in data.params.iter().enumerate() {
            defs[param] = Def::Param(block, idx);
        }
        for (idx, inst) in data.insts.iter().enumerate() {
            for &result in &inst.results {
                defs[result] = Def::Inst(block, idx);
            }
            if !facts.removable(func, inst) {
                inst.inst.for_each_operand(|v| work.push(v));
            }
        }
        match &data.term {
            Some(lnp_ir::Terminator::Branch { cond, .. }) => work.push(*cond),
            Some(lnp_ir::Terminator::Return(vals)) => work.extend(vals),
            _ => {}
        }
        for target in data.term.iter().flat_map(|t| t.targets()) {
            if !preds[target.block].contains(&block) {
                preds[target.block].push(block);
            }
        }
    }
    while let Some(v) = work.pop() {
        if std::mem::replace(&mut live[v], true) {
            continue;
        }
        match defs[v] {
            Def::None => {}
            Def::Inst(block, idx) => func.blocks[block].insts[idx].inst.for_each_operand(|v| work.push(v)),
            Def::Param(block, idx) => {
                for &pred in &preds[block] {
                    for target in func.blocks[pred].term.iter().flat_map(|t| t.targets()) {
                        if target.block == block {
                            work.push(target.args[idx]);
                        }
                    }
                }
            }
        }
    }
    live
}
