//! Sets each kernel's cost and tile from its body.
//!
//! Before:  kernel kernel0 … cost 0 tile 0
//! After:   kernel kernel0 … cost 812 tile 8192
//!
//! Requires: kernels (`outline`).
//! Ensures:  every kernel has a cost (nanoseconds per 1024 points on one thread, roughly) and
//!           a tile (points).
//! Keeps:    everything else; no result depends on either number.

use crate::analysis::cost;
use crate::{Changed, Options};
use lnp_ir::{Kernel, KernelInput, Module};

/// Nanoseconds that 1024 points take per unit of cost, on 128-bit lanes.
const NS_PER_UNIT: u32 = 180;
/// Nanoseconds per 1024 bytes moved, from a cache.
const NS_PER_KIB: u32 = 16;
/// What a tile's operands should fit in: half of an ordinary L2.
const TILE_BYTES: u32 = 512 * 1024;
const MIN_TILE: u32 = 1024;
const MAX_TILE: u32 = 64 * 1024;

pub fn run(module: &mut Module, _opts: &Options) -> Changed {
    let mut changed = false;
    for kernel in module.kernels.values_mut() {
        let (cost, tile) = measure(kernel);
        changed |= (kernel.cost, kernel.tile) != (cost, tile);
        (kernel.cost, kernel.tile) = (cost, tile);
    }
    Changed::when(changed)
}

fn measure(kernel: &Kernel) -> (u32, u32) {
    let loads = kernel
        .inputs
        .iter()
        .zip(&kernel.body.params)
        .filter(|(i, _)| matches!(i, KernelInput::Array { .. }));
    let bytes: usize = loads.map(|(_, d)| d.size()).sum::<usize>() + kernel.outputs().map(|d| d.size()).sum::<usize>();
    let bytes = bytes as u32;
    let cost = cost::body(&kernel.body) * NS_PER_UNIT + bytes * NS_PER_KIB;
    let points = TILE_BYTES / bytes.max(1);
    // A power of two keeps tiles whole cache lines.
    let tile = (points.clamp(MIN_TILE, MAX_TILE) + 1).next_power_of_two() / 2;
    (cost, tile)
}
