//! Moves producers into their consumers.

use super::{MAX_INPUTS, edit, may_move, use_counts};
use crate::analysis::cost;
use crate::analysis::facts::Facts;
use lnp_ir::{Block, Body, Func, Inst, InstData, LaunchMode, ShapeCheck, Value};

pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    let mut changed = false;
    for block in func.order.clone() {
        let mut at = 0;
        while at < func.blocks[block].insts.len() {
            match fusible(func, facts, block, at) {
                Some(Step::Move(producer)) => {
                    fuse(func, block, producer, at);
                    func.blocks[block].insts.remove(producer);
                    at -= 1;
                    changed = true;
                }
                Some(Step::Repeat(producer, consumers)) => {
                    for consumer in consumers {
                        fuse(func, block, producer, consumer);
                    }
                    func.blocks[block].insts.remove(producer);
                    at -= 1;
                    changed = true;
                }
                None => at += 1,
            }
        }
    }
    changed
}

enum Step {
    /// The producer at this index, into the consumer that was asked about.
    Move(usize),
    /// The producer at this index, into each of these consumers, in order.
    Repeat(usize, Vec<usize>),
}

/// A producer that may move into the consumer at `at`: the latest, so that the checks of
/// earlier ones end up before its own.
fn fusible(func: &Func, facts: &mut Facts<'_>, block: Block, at: usize) -> Option<Step> {
    let insts = &func.blocks[block].insts;
    let Inst::Map { inputs, .. } = &insts[at].inst else {
        return None;
    };
    let producers: Vec<usize> = (0..at)
        .rev()
        .filter(|&p| is_fresh(&insts[p]) && insts[p].results.iter().any(|r| inputs.contains(r)))
        .collect();
    if producers.is_empty() {
        return None;
    }
    let uses = use_counts(func);
    for p in producers {
        let producer = &insts[p];
        let all: u32 = producer.results.iter().map(|&r| uses[r]).sum();
        let here = uses_as_input(producer, &insts[at]);
        if all == here {
            if pays(func, facts, producer, &insts[at]) && may_move(func, facts, producer, &insts[p + 1..at]) {
                return Some(Step::Move(p));
            }
            continue;
        }
        // Several consumers: only if all can have their own copy, and it costs nothing.
        if !is_repeatable(producer) {
            continue;
        }
        let consumers: Vec<usize> = (p + 1..insts.len())
            .filter(|&c| uses_as_input(producer, &insts[c]) > 0)
            .collect();
        let covered: u32 = consumers.iter().map(|&c| uses_as_input(producer, &insts[c])).sum();
        let ok = covered == all
            && consumers.len() <= 4
            && consumers
                .iter()
                .all(|&c| pays(func, facts, producer, &insts[c]) && may_move(func, facts, producer, &insts[p + 1..c]));
        if ok {
            return Some(Step::Repeat(p, consumers));
        }
    }
    None
}

pub(super) fn is_fresh(data: &InstData) -> bool {
    matches!(
        data.inst,
        Inst::Map {
            mode: LaunchMode::Fresh,
            ..
        }
    )
}

/// Whether computing a producer once per consumer beats storing its result.
pub(super) fn is_repeatable(data: &InstData) -> bool {
    match &data.inst {
        Inst::Map { body, inputs, .. } => cost::is_cheap(body) && inputs.len() <= 3,
        _ => false,
    }
}

/// How often a statement has a producer's results as inputs (its destination is no input).
fn uses_as_input(producer: &InstData, data: &InstData) -> u32 {
    match &data.inst {
        Inst::Map { inputs, mode, .. } => {
            if let LaunchMode::Into { dst, .. } = mode
                && producer.results.contains(dst)
            {
                return 0;
            }
            inputs.iter().filter(|v| producer.results.contains(v)).count() as u32
        }
        _ => 0,
    }
}

/// Limits, and whether the consumer's domain would evaluate the producer more often.
fn pays(func: &Func, facts: &mut Facts<'_>, producer: &InstData, consumer: &InstData) -> bool {
    let (
        Inst::Map {
            body, inputs: p_inputs, ..
        },
        Inst::Map {
            body: c_body,
            inputs: c_inputs,
            mode,
            ..
        },
    ) = (&producer.inst, &consumer.inst)
    else {
        return false;
    };
    let mut all: Vec<Value> = c_inputs
        .iter()
        .filter(|v| !producer.results.contains(v))
        .copied()
        .collect();
    for v in p_inputs {
        if !all.contains(v) {
            all.push(*v);
        }
    }
    if matches!(mode, LaunchMode::Reduce { .. }) && is_trivial(body) && is_trivial(c_body) {
        // A sum over a copy goes in the copy's order, not in that of what was copied.
        return false;
    }
    if all.len() > MAX_INPUTS || c_body.insts.len() + body.insts.len() > 400 {
        return false;
    }
    let own = facts.shapes.domain(func, p_inputs);
    let domain = match mode {
        LaunchMode::Into { dst, .. } => facts.shapes.of_value(func, *dst),
        LaunchMode::Fresh | LaunchMode::Reduce { .. } => facts.shapes.domain(func, c_inputs),
    };
    let one = facts.shapes.exts.constant(1);
    // Missing axes and extents of 1 are stretched. Extents that are merely unknown are taken
    // to be equal, as they nearly always are.
    let stretched = own.len() < domain.len() || own.iter().zip(&domain).any(|(a, b)| *a == one && a != b);
    !stretched || cost::is_cheap(body)
}

/// Whether a body computes nothing.
fn is_trivial(body: &Body) -> bool {
    crate::simplify::rebuild_body(body).insts.is_empty()
}

/// Puts the producer's body into the consumer.
fn fuse(func: &mut Func, block: Block, producer: usize, consumer: usize) {
    let insts = &mut func.blocks[block].insts;
    let InstData {
        inst:
            Inst::Map {
                body: p_body,
                inputs: p_inputs,
                checks: p_checks,
                ..
            },
        results,
        ..
    } = insts[producer].clone()
    else {
        return;
    };
    let span = insts[consumer].span;
    let Inst::Map {
        body,
        inputs,
        mode,
        checks,
    } = &mut insts[consumer].inst
    else {
        return;
    };
    // Inputs: the consumer's own, then the producer's new ones.
    let mut new_inputs: Vec<Value> = Vec::new();
    let mut new = Body::default();
    let index = |v: Value, dtype, inputs: &mut Vec<Value>, body: &mut Body| match inputs.iter().position(|w| *w == v) {
        Some(idx) => idx,
        None => {
            inputs.push(v);
            body.params.push(dtype);
            inputs.len() - 1
        }
    };
    let mut own: Vec<Option<usize>> = Vec::new();
    for (&v, &dtype) in inputs.iter().zip(&body.params) {
        own.push(if results.contains(&v) {
            None
        } else {
            Some(index(v, dtype, &mut new_inputs, &mut new))
        });
    }
    let theirs: Vec<usize> = p_inputs
        .iter()
        .zip(&p_body.params)
        .map(|(&v, &dtype)| index(v, dtype, &mut new_inputs, &mut new))
        .collect();
    let args: Vec<lnp_ir::BodyVal> = theirs.iter().map(|&i| lnp_ir::BodyVal(i as u32)).collect();
    let made = new.inline(&p_body, &args);
    let args: Vec<lnp_ir::BodyVal> = own
        .iter()
        .zip(inputs.iter())
        .map(|(idx, v)| match idx {
            Some(idx) => lnp_ir::BodyVal(*idx as u32),
            None => made[results.iter().position(|r| r == v).unwrap_or(0)],
        })
        .collect();
    new.results = new.inline(body, &args);

    let all_theirs: u64 = theirs.iter().fold(0, |mask, i| mask | 1 << i);
    let own_masks: Vec<u64> = own.iter().map(|idx| idx.map_or(all_theirs, |i| 1 << i)).collect();
    let their_masks: Vec<u64> = theirs.iter().map(|i| 1 << i).collect();
    let mut new_checks = edit::remap_checks(&p_checks, &their_masks);
    new_checks.extend(edit::remap_checks(checks, &own_masks));
    edit::dedup_checks(&mut new_checks);
    // The last check of `a op= b` names the destination: where the operation's own check is
    // proved, one without operands keeps its place.
    if matches!(mode, LaunchMode::Into { in_place: true, .. }) && checks.is_empty() && !new_checks.is_empty() {
        let groups = Vec::new();
        new_checks.push(ShapeCheck { groups, span });
    }

    *body = crate::simplify::rebuild_body(&new);
    *inputs = new_inputs;
    *checks = new_checks;
}
