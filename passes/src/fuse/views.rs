//! Turns a view of a statement's result into the statement over views of its inputs.
//!
//! Before:  %t = map fresh (%a, %b) { add }      %v = view %t[slice(…)]
//! After:   %x = view %a[slice(…)]   %y = view %b[slice(…)]   %v = map fresh (%x, %y) { add }
//!
//! Only where each array input is known to have the result's shape, so that the same items
//! index it. Less is computed, and `%v` can move on into its consumer. NumPy sums the floats
//! of a view in the order of the whole array's layout, which the statement over views no
//! longer has; so a view that may reach such a sum stays.

use super::{chains, may_move, use_counts};
use crate::analysis::alias::Aliases;
use crate::analysis::facts::{Facts, is_array, read_only};
use lnp_ir::{Block, DType, Func, Inst, InstData, LaunchMode, ReduceOp, Ty, Value};

pub(super) fn run(func: &mut Func, facts: &mut Facts<'_>) -> bool {
    let mut changed = false;
    for block in func.order.clone() {
        let mut at = 0;
        while at < func.blocks[block].insts.len() {
            match candidate(func, facts, block, at) {
                Some((producer, views)) => {
                    push(func, facts, block, producer, &views);
                    // New views are new values.
                    facts.aliases = Aliases::new(func, facts.summaries);
                    changed = true;
                    // The producer is gone; look again from where it was.
                    at = producer;
                }
                None => at += 1,
            }
        }
    }
    changed
}

/// The producer of the base of the view at `at`, and all views of it, if all may be pushed.
fn candidate(func: &Func, facts: &mut Facts<'_>, block: Block, at: usize) -> Option<(usize, Vec<usize>)> {
    let insts = &func.blocks[block].insts;
    let Inst::View { base, .. } = &insts[at].inst else {
        return None;
    };
    let p = (0..at)
        .rev()
        .find(|&p| chains::is_fresh(&insts[p]) && insts[p].results[..] == [*base])?;
    let producer = &insts[p];
    let Inst::Map { inputs, .. } = &producer.inst else {
        return None;
    };
    let views: Vec<usize> = (p + 1..insts.len())
        .filter(|&i| matches!(&insts[i].inst, Inst::View { base: b, .. } if b == base))
        .collect();
    if use_counts(func)[*base] as usize != views.len() {
        return None;
    }
    // Several views share a buffer: what is written through one, the others see.
    let read_only = read_only(func);
    if views.len() > 1 && !(chains::is_repeatable(producer) && views.iter().all(|&v| read_only[insts[v].results[0]])) {
        return None;
    }
    // A statement that may raise stays where it is, and a view that no statement reads is
    // what the user wants to have.
    if facts.raises(func, producer) {
        return None;
    }
    let domain = facts.shapes.of_value(func, *base);
    let full = inputs
        .iter()
        .all(|&v| !is_array(func, v) || facts.shapes.of_value(func, v) == domain);
    if !full || !inputs.iter().any(|&v| is_array(func, v)) {
        return None;
    }
    let fits = views
        .iter()
        .all(|&v| feeds_maps(func, insts, v) && may_move(func, facts, producer, &insts[p + 1..v]));
    fits.then_some((p, views))
}

/// Whether statements read the view, and everything that reads it does so whatever its layout.
fn feeds_maps(func: &Func, insts: &[InstData], view: usize) -> bool {
    let result = insts[view].results[0];
    let readers = insts[view + 1..]
        .iter()
        .filter(|i| matches!(&i.inst, Inst::Map { inputs, mode, .. } if inputs.contains(&result) && !sums_floats(func, i, mode)));
    let queries = insts[view + 1..]
        .iter()
        .filter(|i| matches!(&i.inst, Inst::Dim { array, .. } if *array == result));
    let maps = readers.clone().map(|i| match &i.inst {
        Inst::Map { inputs, .. } => inputs.iter().filter(|&&v| v == result).count(),
        _ => 0,
    });
    readers.clone().next().is_some() && use_counts(func)[result] as usize == maps.sum::<usize>() + queries.count()
}

/// A sum whose last bits depend on the order of its elements.
fn sums_floats(func: &Func, inst: &InstData, mode: &LaunchMode) -> bool {
    let float = |&v: &Value| {
        matches!(
            func.ty(v),
            Ty::Array {
                dtype: DType::F32 | DType::F64 | DType::C128,
                ..
            }
        )
    };
    matches!(mode, LaunchMode::Reduce { op: ReduceOp::Sum, .. }) && inst.results.iter().any(float)
}

fn push(func: &mut Func, facts: &mut Facts<'_>, block: Block, producer: usize, views: &[usize]) {
    let mut insts = std::mem::take(&mut func.blocks[block].insts);
    let made = insts[producer].clone();
    for &at in views.iter().rev() {
        let view = insts[at].clone();
        if let (
            Inst::Map {
                body,
                inputs,
                mode,
                checks,
            },
            Inst::View { dims, .. },
        ) = (&made.inst, &view.inst)
        {
            let Ty::Array { ndim, .. } = func.ty(view.results[0]) else {
                continue;
            };
            let mut before: Vec<InstData> = Vec::new();
            let new_inputs: Vec<Value> = inputs
                .iter()
                .map(|&input| {
                    let Ty::Array { dtype, .. } = func.ty(input) else {
                        return input;
                    };
                    let value = func.new_value(Ty::array(dtype, ndim));
                    let base = facts.shapes.of_value(func, input);
                    let shape = facts.shapes.view(&base, dims);
                    facts.shapes.set(value, shape);
                    before.push(InstData {
                        inst: Inst::View {
                            base: input,
                            dims: dims.clone(),
                            lazy: false,
                        },
                        results: vec![value],
                        span: view.span,
                    });
                    value
                })
                .collect();
            insts[at] = InstData {
                inst: Inst::Map {
                    body: body.clone(),
                    inputs: new_inputs,
                    mode: mode.clone(),
                    checks: checks.clone(),
                },
                results: view.results.clone(),
                span: made.span,
            };
            insts.splice(at..at, before);
        }
    }
    insts.remove(producer);
    func.blocks[block].insts = insts;
}
