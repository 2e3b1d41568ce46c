//! Makes rolled arrays views of one copy that is continued periodically.
//!
//! Before:  %3 = rt lnp_roll(%0, 1, 0)   %4 = rt lnp_roll(%0, -1, 0)   %5 = map fresh (%3, %4) { … }
//! After:   %6 = rt lnp_wrap(%0, [1, 1])
//!          %3 = view %6[slice(0, -2, _)]   %4 = view %6[slice(2, _, _)]   %5 = map fresh (%3, %4) { … }
//!
//! Requires: fusion is done, and the statements still carry their bodies.
//! Ensures:  nothing.
//! Keeps:    values, and the order in memory of what is made from them: the copy has the array's.
//!
//! A rolled array qualifies if element-wise statements alone read it, or rolls of it in turn, and
//! if its shift is a small constant. It is a copy in Python: so all rolls of one array share one
//! copy of it only while nothing writes to the array.

use crate::analysis::alias::{Aliases, Summaries};
use crate::analysis::facts::constants;
use crate::fuse::use_counts;
use crate::{Changed, Options};
use cranelift_entity::SecondaryMap;
use lnp_ir::{Arg, Block, Const, Func, Inst, InstData, LaunchMode, Module, Rt, Ty, Value, ViewDim};
use std::collections::HashMap;

/// The widest border: beyond it a copy of its own costs less.
const MAX_SHIFT: i64 = 8;

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let summaries = Summaries::new(module);
    let mut changed = false;
    for (_, func) in module.funcs.iter_mut() {
        let aliases = Aliases::new(func, &summaries);
        let readable = readable(func);
        let mut rewritten = false;
        for block in func.order.clone() {
            let groups = groups(func, &aliases, &summaries, &readable, block);
            rewritten |= !groups.is_empty();
            rewrite(func, block, groups);
        }
        if rewritten {
            drop_unused_views(func);
        }
        changed |= rewritten;
    }
    Changed::when(changed)
}

/// Rolls that were only rolled on.
fn drop_unused_views(func: &mut Func) {
    let uses = use_counts(func);
    for block in func.order.clone() {
        let insts = &mut func.blocks[block].insts;
        insts.retain(|data| !matches!(data.inst, Inst::View { .. }) || uses[data.results[0]] > 0);
    }
}

/// Rolls of one array in one state.
struct Group {
    base: Value,
    /// Whether nothing has written to the array since.
    open: bool,
    /// Positions in the block, results, and shifts by axis.
    rolls: Vec<(usize, Value, Vec<i64>)>,
}

/// Values that element-wise statements and rolls alone read.
fn readable(func: &Func) -> SecondaryMap<Value, bool> {
    let mut out = SecondaryMap::with_default(true);
    for &block in &func.order {
        for data in &func.blocks[block].insts {
            match &data.inst {
                Inst::CallRt { rt: Rt::Roll, .. } => {}
                Inst::Map {
                    mode: LaunchMode::Fresh,
                    ..
                } => {}
                Inst::Map {
                    mode: LaunchMode::Into { dst, .. },
                    ..
                } => out[*dst] = false,
                // The order of a sum is that of a new array's elements, unless it is a sum of
                // the elements themselves.
                Inst::Map { body, inputs, .. } if inputs.len() > 1 || !body.insts.is_empty() => {}
                inst => inst.for_each_operand(|v| out[v] = false),
            }
        }
        if let Some(term) = &func.blocks[block].term {
            term.for_each_operand(|v| out[v] = false);
        }
    }
    out
}

/// The groups of a block that are worth a copy of their own.
fn groups(
    func: &Func,
    aliases: &Aliases,
    summaries: &Summaries,
    readable: &SecondaryMap<Value, bool>,
    block: Block,
) -> Vec<Group> {
    let consts = constants(func);
    let mut groups: Vec<Group> = Vec::new();
    // Of a rolled array: its group, and the shifts so far.
    let mut rolled: HashMap<Value, (usize, Vec<i64>)> = HashMap::new();
    for (at, data) in func.blocks[block].insts.iter().enumerate() {
        for group in &mut groups {
            group.open &= !aliases.may_write(&data.inst, group.base, summaries);
        }
        let Inst::CallRt { rt: Rt::Roll, args } = &data.inst else {
            continue;
        };
        let [Arg::Value(array), Arg::Value(shift), Arg::Imm(axis)] = args[..] else {
            continue;
        };
        let (Ty::Array { ndim, .. }, Some(Const::I64(shift))) = (func.ty(array), &consts[shift]) else {
            continue;
        };
        let axis = match (axis, ndim) {
            (-1, 1) => 0,
            (axis, _) if axis >= 0 => axis as usize,
            _ => continue,
        };
        let result = data.results[0];
        let (known, mut shifts) = match rolled.get(&array) {
            Some((group, shifts)) => (Some(*group), shifts.clone()),
            None => (
                groups.iter().position(|g| g.open && g.base == array),
                vec![0; usize::from(ndim)],
            ),
        };
        shifts[axis] = shifts[axis].saturating_add(*shift);
        if shifts[axis].unsigned_abs() > MAX_SHIFT as u64 || !readable[result] {
            continue;
        }
        let group = known.unwrap_or_else(|| {
            groups.push(Group {
                base: array,
                open: true,
                rolls: Vec::new(),
            });
            groups.len() - 1
        });
        groups[group].rolls.push((at, result, shifts.clone()));
        rolled.insert(result, (group, shifts));
    }
    groups.retain(|group| group.rolls.len() > 1);
    groups
}

fn rewrite(func: &mut Func, block: Block, groups: Vec<Group>) {
    let mut at_position: HashMap<usize, (usize, Vec<i64>)> = HashMap::new();
    let mut copies: Vec<(Value, Vec<i64>, Option<Value>)> = Vec::new();
    for (number, group) in groups.into_iter().enumerate() {
        let ndim = group.rolls[0].2.len();
        let mut widths = vec![0; 2 * ndim];
        for (at, _, shifts) in group.rolls {
            for (axis, &shift) in shifts.iter().enumerate() {
                widths[2 * axis] = shift.max(widths[2 * axis]);
                widths[2 * axis + 1] = (-shift).max(widths[2 * axis + 1]);
            }
            at_position.insert(at, (number, shifts));
        }
        copies.push((group.base, widths, None));
    }
    let insts = std::mem::take(&mut func.blocks[block].insts);
    let mut out: Vec<InstData> = Vec::with_capacity(insts.len());
    let mut bounds: HashMap<i64, Value> = HashMap::new();
    for (at, data) in insts.into_iter().enumerate() {
        let Some((number, shifts)) = at_position.remove(&at) else {
            out.push(data);
            continue;
        };
        let (base, widths, made) = &mut copies[number];
        let copy = *made.get_or_insert_with(|| {
            let copy = func.new_value(func.ty(*base));
            let args = vec![Arg::Value(*base), Arg::ImmSlots(widths.clone())];
            out.push(InstData {
                inst: Inst::CallRt { rt: Rt::Wrap, args },
                results: vec![copy],
                span: data.span,
            });
            copy
        });
        let mut bound = |v: i64| {
            *bounds.entry(v).or_insert_with(|| {
                let value = func.new_value(Ty::I64);
                out.push(InstData {
                    inst: Inst::Const(Const::I64(v)),
                    results: vec![value],
                    span: data.span,
                });
                value
            })
        };
        let dims = shifts.iter().enumerate().map(|(axis, &shift)| {
            let (before, after) = (widths[2 * axis] - shift, widths[2 * axis + 1] + shift);
            if (before, after) == (0, 0) {
                return ViewDim::Full;
            }
            ViewDim::Slice {
                start: (before != 0).then(|| bound(before)),
                stop: (after != 0).then(|| bound(-after)),
                step: None,
            }
        });
        let dims = dims.collect();
        out.push(InstData {
            inst: Inst::View {
                base: copy,
                dims,
                lazy: false,
            },
            results: data.results,
            span: data.span,
        });
    }
    func.blocks[block].insts = out;
}
