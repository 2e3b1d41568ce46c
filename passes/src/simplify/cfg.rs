//! Control flow: unreachable and empty blocks, chains of blocks, parameters that are always
//! one value.

use cranelift_entity::SecondaryMap;
use lnp_ir::{Block, BlockCall, BlockData, Const, Dominators, Func, Inst, InstData, Terminator, Value};
use std::collections::HashMap;

pub(super) fn run(func: &mut Func) -> bool {
    let mut changed = unreachable(func);
    changed |= constants_to_entry(func);
    loop {
        let again = redundant_params(func) | merge_chains(func) | skip_empty(func);
        if !again {
            return changed;
        }
        changed = true;
        unreachable(func);
    }
}

fn unreachable(func: &mut Func) -> bool {
    let doms = Dominators::new(func);
    let before = func.order.len();
    let Func { order, blocks, .. } = func;
    order.retain(|&b| {
        let keep = doms.is_reachable(b);
        if !keep {
            blocks[b] = BlockData::default();
        }
        keep
    });
    order.len() != before
}

/// Replaces every operand by what `f` gives.
pub(super) fn rewrite(func: &mut Func, f: impl Fn(Value) -> Value) {
    for &block in &func.order {
        let data = &mut func.blocks[block];
        for inst in &mut data.insts {
            inst.inst.map_operands(&f);
        }
        if let Some(term) = &mut data.term {
            term.map_operands(&f);
        }
    }
}

/// Each constant once, at the top of the entry, so that equal constants are one value. (Back
/// ends make a constant again where it is used.)
fn constants_to_entry(func: &mut Func) -> bool {
    let entry = func.entry();
    let mut known: HashMap<String, Value> = HashMap::new();
    let mut moved: Vec<InstData> = Vec::new();
    let mut replaced: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
    let mut changed = false;
    for block in func.order.clone() {
        let insts = std::mem::take(&mut func.blocks[block].insts);
        let mut leading = block == entry;
        let mut kept = Vec::with_capacity(insts.len());
        for data in insts {
            let Inst::Const(c) = &data.inst else {
                leading = false;
                kept.push(data);
                continue;
            };
            let value = data.results[0];
            match known.get(&key(c)) {
                Some(&same) => {
                    replaced[value] = Some(same);
                    changed = true;
                }
                None => {
                    known.insert(key(c), value);
                    changed |= !leading;
                    moved.push(data);
                }
            }
        }
        func.blocks[block].insts = kept;
    }
    func.blocks[entry].insts.splice(0..0, moved);
    if changed {
        rewrite(func, |v| replaced[v].unwrap_or(v));
    }
    changed
}

fn key(c: &Const) -> String {
    format!("{c:?}")
}

/// A parameter whose arguments are all one value (or itself) is that value.
fn redundant_params(func: &mut Func) -> bool {
    let mut incoming: SecondaryMap<Block, Vec<Vec<Value>>> = SecondaryMap::new();
    for &block in &func.order {
        for target in func.blocks[block].term.iter().flat_map(|t| t.targets()) {
            incoming[target.block].push(target.args.clone());
        }
    }
    let mut changed = false;
    for block in func.order.clone() {
        if block == func.entry() {
            continue;
        }
        let mut idx = 0;
        while let Some(&param) = func.blocks[block].params.get(idx) {
            let mut args = incoming[block].iter().map(|a| a[idx]).filter(|&a| a != param);
            let single = args.next().filter(|&first| args.all(|a| a == first));
            let Some(value) = single else {
                idx += 1;
                continue;
            };
            changed = true;
            remove_param(func, block, idx);
            rewrite(func, |v| if v == param { value } else { v });
            for (_, calls) in incoming.iter_mut() {
                for args in calls {
                    args.iter_mut().for_each(|a| {
                        if *a == param {
                            *a = value;
                        }
                    });
                }
            }
            for args in &mut incoming[block] {
                args.remove(idx);
            }
        }
    }
    changed
}

/// Removes a block's parameter and the argument of every jump to it.
pub(super) fn remove_param(func: &mut Func, block: Block, idx: usize) {
    func.blocks[block].params.remove(idx);
    for &from in &func.order {
        for target in func.blocks[from].term.iter_mut().flat_map(|t| t.targets_mut()) {
            if target.block == block {
                target.args.remove(idx);
            }
        }
    }
}

fn pred_counts(func: &Func) -> SecondaryMap<Block, u32> {
    let mut counts: SecondaryMap<Block, u32> = SecondaryMap::new();
    for &block in &func.order {
        for target in func.blocks[block].term.iter().flat_map(|t| t.targets()) {
            counts[target.block] += 1;
        }
    }
    counts
}

/// Joins a block with the only block that jumps to it.
fn merge_chains(func: &mut Func) -> bool {
    let preds = pred_counts(func);
    let mut replaced: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
    let mut changed = false;
    for block in func.order.clone() {
        while let Some(Terminator::Jump(to)) = &func.blocks[block].term {
            let next = to.block;
            // A block that was joined already has lost its terminator.
            if preds[next] != 1 || next == block || next == func.entry() {
                break;
            }
            let args = to.args.clone();
            let data = std::mem::take(&mut func.blocks[next]);
            for (param, arg) in data.params.into_iter().zip(args) {
                replaced[param] = Some(arg);
            }
            let into = &mut func.blocks[block];
            into.insts.extend(data.insts);
            into.term = data.term;
            into.term_span = data.term_span;
            func.order.retain(|&b| b != next);
            changed = true;
        }
    }
    if changed {
        rewrite(func, |mut v| {
            while let Some(to) = replaced[v] {
                v = to;
            }
            v
        });
    }
    changed
}

/// Jumps past blocks that only jump on.
fn skip_empty(func: &mut Func) -> bool {
    let mut uses: SecondaryMap<Value, u32> = SecondaryMap::new();
    for &block in &func.order {
        let data = &func.blocks[block];
        for inst in &data.insts {
            inst.inst.for_each_operand(|v| uses[v] += 1);
        }
        if let Some(term) = &data.term {
            term.for_each_operand(|v| uses[v] += 1);
        }
    }
    let mut changed = false;
    for block in func.order.clone() {
        let Some(mut term) = func.blocks[block].term.take() else {
            continue;
        };
        for target in term.targets_mut() {
            if let Some(next) = passes_on(func, &uses, block, target) {
                *target = next;
                changed = true;
            }
        }
        func.blocks[block].term = Some(term);
    }
    changed
}

/// Where a jump to an empty block goes in the end.
fn passes_on(func: &Func, uses: &SecondaryMap<Value, u32>, from: Block, to: &BlockCall) -> Option<BlockCall> {
    let data = &func.blocks[to.block];
    let Some(Terminator::Jump(next)) = &data.term else {
        return None;
    };
    if !data.insts.is_empty() || next.block == to.block || to.block == from {
        return None;
    }
    // A parameter that is used further on must keep its block.
    let own: u32 = data.params.iter().map(|&p| uses[p]).sum();
    let here = next.args.iter().filter(|a| data.params.contains(a)).count() as u32;
    if own != here {
        return None;
    }
    let args = next
        .args
        .iter()
        .map(|a| match data.params.iter().position(|p| p == a) {
            Some(idx) => to.args[idx],
            None => *a,
        })
        .collect();
    Some(BlockCall {
        block: next.block,
        args,
    })
}
