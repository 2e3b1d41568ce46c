//! Fuses array statements, so that whole expressions make one pass over memory.
//!
//! Before:  %t = map fresh (%a, %b) { add }     %r = map fresh (%t, %c) { mul }
//! After:   %r = map fresh (%c, %a, %b) { add, mul }
//!
//! Three rewrites, each within a block, until none applies:
//! - [`views`]: a view of a statement's result becomes the statement over views.
//! - [`chains`]: a producer moves into its only consumer (also a store or a reduction); a
//!   cheap one into each of its consumers.
//! - [`merge`]: statements over one domain that share an operand become one with several
//!   results.
//!
//! Requires: `simplify` ran (equal inputs are one value, shapes are known).
//! Ensures:  no single-use result joins two statements that could be one.
//! Keeps:    every bit of every float (an operation is moved or repeated, never changed);
//!           the order of writes against reads of the same buffer; which exception comes
//!           first; the shape checks, in program order, with their lines.
//!
//! Legality: a producer may move down to its consumer if nothing between them may write what
//! it reads, and, where its shapes are not proved, nothing between them raises or is seen
//! outside. A fused reduction reduces the array that the producer would have made: a back
//! end must not look at its operands' strides for the order of a sum unless the body is
//! nothing but its parameter.

mod chains;
pub(crate) mod edit;
mod merge;
mod views;

use crate::analysis::alias::Summaries;
use crate::analysis::facts::Facts;
use crate::analysis::shapes::ModuleShapes;
use crate::{Changed, Options};
use cranelift_entity::SecondaryMap;
use lnp_ir::{Func, Inst, InstData, Module, Value};

/// The most inputs and results of a fused statement: registers, and the operands of a launch.
pub(crate) const MAX_INPUTS: usize = 24;
pub(crate) const MAX_RESULTS: usize = 8;

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let summaries = Summaries::new(module);
    let mut shapes = ModuleShapes::new(module);
    let mut changed = false;
    for (id, func) in module.funcs.iter_mut() {
        let mut facts = Facts::new(func, &summaries, shapes.take(id));
        loop {
            let mut again = views::run(func, &mut facts);
            again |= chains::run(func, &mut facts);
            // Only what could not become one expression.
            if !again {
                again = merge::run(func, &mut facts);
            }
            if !again {
                break;
            }
            changed = true;
        }
    }
    Changed::when(changed)
}

/// How often each value is an operand.
pub(crate) fn use_counts(func: &Func) -> SecondaryMap<Value, u32> {
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
    uses
}

/// Whether a statement that makes new arrays may move down across `between`.
fn may_move(func: &Func, facts: &mut Facts<'_>, moved: &InstData, between: &[InstData]) -> bool {
    let Inst::Map { inputs, .. } = &moved.inst else {
        return false;
    };
    let raises = facts.raises(func, moved);
    between.iter().all(|data| {
        let writes = inputs
            .iter()
            .any(|&v| func.ty(v).is_ref() && facts.aliases.may_write(&data.inst, v, facts.summaries));
        !writes && !(raises && (facts.observable(data) || facts.raises(func, data)))
    })
}
