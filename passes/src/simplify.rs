//! Simplifies functions: scalars, views, shapes, control flow, bodies; and drops what is dead.
//!
//! Before:  %3 = const 1   %4 = checked.add %3, %3   %5 = dim %a, 0   %6 = dim %b, 0
//!          %7 = map fresh (%a, %b, %4) { … } check({0}, {1}) !3 end
//! After:   %4 = const 2   %5 = dim %a, 0
//!          %7 = map fresh (%a, %b) { $2: i64 = literal 2 … }      // where a, b have one shape
//!
//! Requires: nothing.
//! Ensures:  constants stand once, at the top of the entry; equal pure instructions once on
//!           each path; shape checks that are proved are gone; no empty blocks, and no chain
//!           of blocks that could be one.
//! Keeps:    every bit of every float; which exception is raised first; the order of writes
//!           and of what is seen outside.

mod body;
mod cfg;
mod dead;
mod fold;
mod hoist;
mod values;

use crate::analysis::alias::Summaries;
use crate::analysis::facts::Facts;
use crate::analysis::shapes::ModuleShapes;
use crate::{Changed, Options};
pub(crate) use body::rebuild as rebuild_body;
use lnp_ir::Module;

/// Rounds until nothing changes; programs settle in three or four.
const MAX_ROUNDS: usize = 10;

pub fn run(module: &mut Module, opts: &Options) -> Changed {
    if opts.level == 0 {
        return Changed::No;
    }
    let mut changed = false;
    for _ in 0..MAX_ROUNDS {
        let mut again = false;
        for func in module.funcs.values_mut() {
            again |= cfg::run(func);
        }
        let summaries = Summaries::new(module);
        let mut shapes = ModuleShapes::new(module);
        for (id, func) in module.funcs.iter_mut() {
            let mut facts = Facts::new(func, &summaries, shapes.take(id));
            again |= values::run(func, &mut facts);
            // Aliases and constants of the changed function.
            let mut facts = Facts::new(func, &summaries, facts.shapes);
            again |= dead::run(func, &mut facts);
            again |= hoist::run(func, &mut facts);
        }
        if !again {
            break;
        }
        changed = true;
    }
    Changed::when(changed)
}
