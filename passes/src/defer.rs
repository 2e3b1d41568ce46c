//! Leaves views to the launches that alone use them, so that no array object is made.
//!
//! Before:  %3 = view %1[slice(_, %2, _)]        launch kernel0 into %0 (%3)
//! After:   %3 = view lazy %1[slice(_, %2, _)]   launch kernel0 into %0 (%3)
//!
//! Requires: kernels (`outline`); nothing later moves, copies or adds uses of a view.
//! Ensures:  nothing but launches uses a lazy view.
//! Keeps:    the order of errors. A view that may raise waits only for the first launch that
//!           uses it, and only where nothing between the two may raise or has an effect, but
//!           for other views that wait for the same launch, which finds out in this order.

use crate::analysis::alias::Summaries;
use crate::analysis::facts::Facts;
use crate::analysis::shapes::ModuleShapes;
use crate::{Changed, Options};
use cranelift_entity::{EntitySet, SecondaryMap};
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
        let lazy = find(func, &mut facts);
        for block in func.order.clone() {
            for data in &mut func.blocks[block].insts {
                if let Inst::View { lazy: flag, .. } = &mut data.inst
                    && lazy.contains(data.results[0])
                {
                    changed |= !std::mem::replace(flag, true);
                }
            }
        }
    }
    Changed::when(changed)
}

/// What uses a value.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Users {
    #[default]
    None,
    Launches,
    Others,
}

fn find(func: &Func, facts: &mut Facts<'_>) -> EntitySet<Value> {
    let users = users(func);
    let mut lazy = EntitySet::new();
    for &block in &func.order {
        // Views of this block that may raise and that no launch has met yet, by position.
        let mut waiting: SecondaryMap<Value, Option<usize>> = SecondaryMap::new();
        for (at, data) in func.blocks[block].insts.iter().enumerate() {
            match &data.inst {
                Inst::View { .. } if users[data.results[0]] == Users::Launches => {
                    if facts.raises(func, data) {
                        waiting[data.results[0]] = Some(at);
                    } else {
                        lazy.insert(data.results[0]);
                    }
                }
                Inst::Launch { inputs, mode, .. } => {
                    let mut met: Vec<(usize, Value)> = Vec::new();
                    for v in operands(inputs, mode) {
                        if let Some(at) = waiting[v].take() {
                            met.push((at, v));
                        }
                    }
                    for v in may_wait(func, facts, block, met, at) {
                        lazy.insert(v);
                    }
                }
                _ => {}
            }
        }
    }
    lazy
}

fn users(func: &Func) -> SecondaryMap<Value, Users> {
    let mut out: SecondaryMap<Value, Users> = SecondaryMap::new();
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            let is_launch = matches!(data.inst, Inst::Launch { .. });
            data.inst.for_each_operand(|v| {
                if !is_launch {
                    out[v] = Users::Others;
                } else if out[v] == Users::None {
                    out[v] = Users::Launches;
                }
            });
        }
        if let Some(term) = &func.blocks[block].term {
            term.for_each_operand(|v| out[v] = Users::Others);
        }
    }
    out
}

/// A launch's operands.
fn operands<'a>(inputs: &'a [Value], mode: &LaunchMode) -> impl Iterator<Item = Value> + use<'a> {
    let dst = match mode {
        LaunchMode::Into { dst, .. } => Some(*dst),
        LaunchMode::Fresh | LaunchMode::Reduce { .. } => None,
    };
    inputs.iter().copied().chain(dst)
}

/// Those of the views `met` that may wait for the launch at `launch`: what stands between must
/// be silent, or wait as well.
fn may_wait(
    func: &Func,
    facts: &mut Facts<'_>,
    block: Block,
    mut met: Vec<(usize, Value)>,
    launch: usize,
) -> Vec<Value> {
    let insts = &func.blocks[block].insts;
    met.sort();
    let mut out = Vec::new();
    let mut end = launch;
    while let Some((at, view)) = met.pop() {
        if insts[at + 1..end].iter().any(|data| !is_silent(func, facts, data)) {
            break;
        }
        out.push(view);
        end = at;
    }
    out
}

/// Neither raises nor is seen: neither outside the program nor in an array.
fn is_silent(func: &Func, facts: &mut Facts<'_>, data: &InstData) -> bool {
    let writes = matches!(
        &data.inst,
        Inst::Launch {
            mode: LaunchMode::Into { .. },
            ..
        } | Inst::Call { .. }
    );
    !writes && !facts.observable(data) && !facts.raises(func, data)
}
