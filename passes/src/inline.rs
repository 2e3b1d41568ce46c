//! Puts the bodies of small functions, and of functions called once, in place of their calls.
//!
//! Before:  %r = call func1(%a)          func1: ^b0(%x): %y = map fresh (%x) { … } return %y
//! After:   %r = map fresh (%a) { … }
//!
//! Requires: `place` has not run: parameters stand for arguments without counting.
//! Ensures:  every function is one that `main` needs, if there is a `main`.
//! Keeps:    tracebacks: a function that may raise keeps its calls, since its frame is part
//!           of what the user sees; shapes that are not proved to match count as raising, an
//!           allocation that fails does not.
//!
//! Fusion stops at calls; this is what lets an expression that is spread over functions
//! become one statement.

use crate::analysis::alias::Summaries;
use crate::analysis::effects;
use crate::analysis::facts::Facts;
use crate::analysis::shapes::ModuleShapes;
use crate::{Changed, Options};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use lnp_ir::{Block, BlockCall, Func, FuncId, Inst, InstData, Module, Terminator, Value};

/// Instructions of a function that is copied to each of its callers.
const SMALL: usize = 60;
/// Of one that has a single caller, which then has all of it.
const LARGE: usize = 600;
/// A caller grows no further.
const MAX_CALLER: usize = 5000;

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let quiet = cannot_raise(module);
    let mut calls: SecondaryMap<FuncId, u32> = SecondaryMap::new();
    for func in module.funcs.values() {
        for_each_call(func, |callee| calls[callee] += 1);
    }
    let mut changed = false;
    for caller in module.funcs.keys().collect::<Vec<_>>() {
        while let Some((block, at, callee)) = next_call(module, caller, &quiet, &calls) {
            let body = module.funcs[callee].clone();
            splice(&mut module.funcs[caller], block, at, &body);
            changed = true;
        }
    }
    changed |= drop_unused(module);
    Changed::when(changed)
}

/// Removes the functions that `main` does not need; the others are numbered anew.
fn drop_unused(module: &mut Module) -> bool {
    let Some(main) = module.main else {
        return false;
    };
    let mut used: SecondaryMap<FuncId, bool> = SecondaryMap::new();
    let mut work = vec![main];
    while let Some(id) = work.pop() {
        if !std::mem::replace(&mut used[id], true) {
            for_each_call(&module.funcs[id], |callee| work.push(callee));
        }
    }
    if module.funcs.keys().all(|id| used[id]) {
        return false;
    }
    let mut new_ids: SecondaryMap<FuncId, FuncId> = SecondaryMap::with_default(main);
    let mut kept = PrimaryMap::new();
    for (id, func) in std::mem::take(&mut module.funcs) {
        if used[id] {
            new_ids[id] = kept.push(func);
        }
    }
    for func in kept.values_mut() {
        for block in func.order.clone() {
            for data in &mut func.blocks[block].insts {
                if let Inst::Call { func, .. } = &mut data.inst {
                    *func = new_ids[*func];
                }
            }
        }
    }
    module.funcs = kept;
    module.main = Some(new_ids[main]);
    true
}

fn for_each_call(func: &Func, mut f: impl FnMut(FuncId)) {
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            if let Inst::Call { func, .. } = &data.inst {
                f(*func);
            }
        }
    }
}

fn n_insts(func: &Func) -> usize {
    func.order.iter().map(|&b| func.blocks[b].insts.len() + 1).sum()
}

/// Functions that neither raise nor call others (calls in them were inlined, or stay): the
/// greatest set, found by dropping functions until nothing changes.
fn cannot_raise(module: &Module) -> SecondaryMap<FuncId, bool> {
    let summaries = Summaries::new(module);
    let mut shapes = ModuleShapes::new(module);
    let mut quiet: SecondaryMap<FuncId, bool> = SecondaryMap::new();
    for (id, func) in module.funcs.iter() {
        let mut facts = Facts::new(func, &summaries, shapes.take(id));
        quiet[id] = func.order.iter().all(|&block| {
            let data = &func.blocks[block];
            !matches!(data.term, Some(Terminator::Unwind) | None)
                && data.insts.iter().all(|i| match &i.inst {
                    Inst::Call { .. } => false,
                    Inst::CallRt { rt, .. } if rt.sig().raises && effects::is_observable(*rt) => false,
                    _ => !facts.raises(func, i),
                })
        });
    }
    quiet
}

fn next_call(
    module: &Module,
    caller: FuncId,
    quiet: &SecondaryMap<FuncId, bool>,
    calls: &SecondaryMap<FuncId, u32>,
) -> Option<(Block, usize, FuncId)> {
    let func = &module.funcs[caller];
    if n_insts(func) > MAX_CALLER {
        return None;
    }
    for &block in &func.order {
        for (at, data) in func.blocks[block].insts.iter().enumerate() {
            if let Inst::Call { func: callee, .. } = &data.inst
                && *callee != caller
                && quiet[*callee]
            {
                let limit = if calls[*callee] == 1 { LARGE } else { SMALL };
                if n_insts(&module.funcs[*callee]) <= limit {
                    return Some((block, at, *callee));
                }
            }
        }
    }
    None
}

/// Replaces the call at `at` by the callee's blocks.
fn splice(func: &mut Func, block: Block, at: usize, callee: &Func) {
    let mut tail = func.blocks[block].insts.split_off(at);
    let call = tail.remove(0);
    let Inst::Call { args, .. } = &call.inst else {
        return;
    };
    // The rest of the block, with the call's results as parameters.
    let rest = func.new_block();
    func.order.pop();
    let data = &mut func.blocks[block];
    let (term, term_span) = (data.term.take(), data.term_span);
    func.blocks[rest].insts = tail;
    func.blocks[rest].term = term;
    func.blocks[rest].term_span = term_span;
    func.blocks[rest].params = call.results.clone();

    let mut values: SecondaryMap<Value, Option<Value>> = SecondaryMap::new();
    for (&param, &arg) in callee.params().iter().zip(args) {
        values[param] = Some(arg);
    }
    let mut blocks: SecondaryMap<Block, Option<Block>> = SecondaryMap::new();
    let mut order = Vec::new();
    for &from in &callee.order {
        let to = func.new_block();
        func.order.pop();
        blocks[from] = Some(to);
        order.push(to);
        let data = &callee.blocks[from];
        let params = if from == callee.entry() {
            &[][..]
        } else {
            &data.params[..]
        };
        for &v in params.iter().chain(data.insts.iter().flat_map(|i| &i.results)) {
            let new = func.new_value(callee.ty(v));
            func.names[new] = callee.names[v].clone();
            values[v] = Some(new);
        }
        func.blocks[to].params = params.iter().filter_map(|&v| values[v]).collect();
    }
    let value = |v: Value| values[v].unwrap_or(v);
    for &from in &callee.order {
        let Some(to) = blocks[from] else {
            continue;
        };
        let data = &callee.blocks[from];
        let insts: Vec<InstData> = data
            .insts
            .iter()
            .map(|i| {
                let mut inst = i.inst.clone();
                inst.map_operands(value);
                InstData {
                    inst,
                    results: i.results.iter().map(|&r| value(r)).collect(),
                    span: i.span,
                }
            })
            .collect();
        let term = data.term.clone().map(|mut term| {
            term.map_operands(value);
            for target in term.targets_mut() {
                target.block = blocks[target.block].unwrap_or(target.block);
            }
            match term {
                Terminator::Return(args) => Terminator::Jump(BlockCall { block: rest, args }),
                other => other,
            }
        });
        let data_to = &mut func.blocks[to];
        data_to.insts = insts;
        data_to.term = term;
        data_to.term_span = data.term_span;
    }
    func.blocks[block].term = Some(Terminator::Jump(BlockCall {
        block: order[0],
        args: Vec::new(),
    }));
    func.blocks[block].term_span = call.span;
    order.push(rest);
    let after = func
        .order
        .iter()
        .position(|&b| b == block)
        .map_or(func.order.len(), |p| p + 1);
    func.order.splice(after..after, order);
}
