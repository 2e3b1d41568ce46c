//! Turns each array statement into a launch of a kernel; equal kernels are shared.
//!
//! Before:  %3 = map fresh (%1, %2) { … }        // %1: array<f64, 2>, %2: f64
//! After:   kernel0 ndim 2 ($0: f64[2], $1: f64) { … }
//!          %3 = launch kernel0 fresh (%1, %2)
//!
//! Requires: nothing.
//! Ensures:  no `map` is left; no two kernels differ only by name.
//! Keeps:    inputs, modes, checks and their order.

use crate::{Changed, Options};
use lnp_ir::{Func, Inst, Kernel, KernelId, KernelInput, LaunchMode, Module, Ty, Value};
use std::collections::HashMap;

pub fn run(module: &mut Module, _opts: &Options) -> Changed {
    let mut changed = false;
    // Kernels of one shape are compared by their printed inputs and bodies.
    let mut known: HashMap<String, KernelId> = HashMap::new();
    for (id, kernel) in module.kernels.iter() {
        known.entry(key(kernel)).or_insert(id);
    }
    for func in module.funcs.values_mut() {
        for block in func.order.clone() {
            for idx in 0..func.blocks[block].insts.len() {
                let data = &func.blocks[block].insts[idx];
                let line = data.span.line;
                let Inst::Map {
                    body,
                    inputs,
                    mode,
                    checks,
                } = &data.inst
                else {
                    continue;
                };
                let kernel = Kernel {
                    name: format!("k{}_line{line}", module.kernels.len()),
                    ndim: domain_ndim(func, inputs, mode),
                    inputs: inputs.iter().map(|&v| kernel_input(func.ty(v))).collect(),
                    body: body.clone(),
                    cost: 0,
                    tile: 0,
                };
                let id = *known.entry(key(&kernel)).or_insert_with(|| module.kernels.push(kernel));
                let launch = Inst::Launch {
                    kernel: id,
                    inputs: inputs.clone(),
                    mode: mode.clone(),
                    checks: checks.clone(),
                };
                func.blocks[block].insts[idx].inst = launch;
                changed = true;
            }
        }
    }
    Changed::when(changed)
}

fn kernel_input(ty: Ty) -> KernelInput {
    match ty {
        Ty::Array { ndim, .. } => KernelInput::Array { ndim },
        _ => KernelInput::Scalar,
    }
}

/// The number of dimensions that an array statement runs over.
fn domain_ndim(func: &Func, inputs: &[Value], mode: &LaunchMode) -> u8 {
    let dst = match mode {
        LaunchMode::Into { dst, .. } => Some(dst),
        LaunchMode::Fresh | LaunchMode::Reduce { .. } => None,
    };
    let ndim = |v: &Value| match func.ty(*v) {
        Ty::Array { ndim, .. } => ndim,
        _ => 0,
    };
    inputs.iter().chain(dst).map(ndim).max().unwrap_or(0)
}

fn key(kernel: &Kernel) -> String {
    format!("{} {:?} {:?}", kernel.ndim, kernel.inputs, kernel.body)
}
