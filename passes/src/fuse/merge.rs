//! Joins statements over one domain into one with several results.
//!
//! Before:  %s = map fresh (%a, %b) { add }     %d = map fresh (%a, %s) { sub }
//! After:   %s, %d = map fresh (%a, %b) { add, sub }

use super::{MAX_INPUTS, MAX_RESULTS, chains, edit, may_move};
use crate::analysis::facts::{Facts, is_array};
use lnp_ir::{Block, Body, BodyVal, Func, Inst, InstData, Value};

pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    for block in func.order.clone() {
        for second in 0..func.blocks[block].insts.len() {
            if let Some(first) = partner(func, facts, block, second) {
                join(func, block, first, second);
                return true;
            }
        }
    }
    false
}

/// An earlier statement that may move down to the one at `second` and join it.
fn partner(func: &Func, facts: &mut Facts<'_>, block: Block, second: usize) -> Option<usize> {
    let insts = &func.blocks[block].insts;
    if !chains::is_fresh(&insts[second]) {
        return None;
    }
    let shape = facts.shapes.of_value(func, insts[second].results[0]);
    (0..second).rev().find(|&first| {
        let x = &insts[first];
        if !chains::is_fresh(x)
            || facts.shapes.of_value(func, x.results[0]) != shape
            || !shares(func, x, &insts[second])
        {
            return false;
        }
        let between = &insts[first + 1..second];
        let used = between
            .iter()
            .any(|i| i.inst.operands().iter().any(|v| x.results.contains(v)));
        !used && fits(x, &insts[second]) && may_move(func, facts, x, between)
    })
}

/// Whether both read one array, or the second reads what the first makes.
fn shares(func: &Func, x: &InstData, y: &InstData) -> bool {
    let (Inst::Map { inputs: a, .. }, Inst::Map { inputs: b, .. }) = (&x.inst, &y.inst) else {
        return false;
    };
    b.iter()
        .any(|v| x.results.contains(v) || (is_array(func, *v) && a.contains(v)))
}

fn fits(x: &InstData, y: &InstData) -> bool {
    let (Inst::Map { inputs: a, body: p, .. }, Inst::Map { inputs: b, body: q, .. }) = (&x.inst, &y.inst) else {
        return false;
    };
    let new = b.iter().filter(|v| !a.contains(v) && !x.results.contains(v)).count();
    a.len() + new <= MAX_INPUTS
        && p.results.len() + q.results.len() <= MAX_RESULTS
        && p.insts.len() + q.insts.len() <= 200
}

fn join(func: &mut Func, block: Block, first: usize, second: usize) {
    let insts = &mut func.blocks[block].insts;
    let x = insts[first].clone();
    let Inst::Map {
        body: p,
        inputs: a,
        checks: p_checks,
        ..
    } = &x.inst
    else {
        return;
    };
    let InstData {
        inst: Inst::Map {
            body: q,
            inputs: b,
            checks,
            ..
        },
        results,
        ..
    } = &mut insts[second]
    else {
        return;
    };
    let mut inputs: Vec<Value> = a.clone();
    let mut new = Body {
        params: p.params.clone(),
        ..Body::default()
    };
    let mut places: Vec<Option<usize>> = Vec::new();
    for (&v, &dtype) in b.iter().zip(&q.params) {
        places.push(if x.results.contains(&v) {
            None
        } else if let Some(idx) = inputs.iter().position(|w| *w == v) {
            Some(idx)
        } else {
            inputs.push(v);
            new.params.push(dtype);
            Some(inputs.len() - 1)
        });
    }
    let args: Vec<BodyVal> = (0..a.len() as u32).map(BodyVal).collect();
    let made = new.inline(p, &args);
    let args: Vec<BodyVal> = places
        .iter()
        .zip(b.iter())
        .map(|(place, v)| match place {
            Some(idx) => BodyVal(*idx as u32),
            None => made[x.results.iter().position(|r| r == v).unwrap_or(0)],
        })
        .collect();
    let more = new.inline(q, &args);
    new.results = made;
    new.results.extend(more);

    let first_masks: Vec<u64> = (0..a.len()).map(|i| 1 << i).collect();
    let all_first: u64 = first_masks.iter().fold(0, |sum, m| sum | m);
    let second_masks: Vec<u64> = places.iter().map(|p| p.map_or(all_first, |i| 1 << i)).collect();
    let mut new_checks = edit::remap_checks(p_checks, &first_masks);
    new_checks.extend(edit::remap_checks(checks, &second_masks));
    edit::dedup_checks(&mut new_checks);

    *q = crate::simplify::rebuild_body(&new);
    *b = inputs;
    *checks = new_checks;
    let mut all = x.results.clone();
    all.append(results);
    *results = all;
    insts.remove(first);
}
