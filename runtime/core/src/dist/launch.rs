//! Launches over blocked operands: the owner of the output computes.

use super::operand::{destination, resolve};
use super::partition::{Partition, PartitionRef, Region};
use super::{partition_for, replicate, verify, world};
use crate::array::affine::AffineMap;
use crate::array::buffer::{Overwritten, make_unique};
use crate::array::layout::Dims;
use crate::array::{Array, OwnedArray};
use crate::error::Raise;
use crate::launch::nest::{Call, Nest, Op};
use crate::launch::overlap::{Overlap, overlap};
use crate::launch::{Hold, copy, output_dtype, run_stored};
use std::rc::Rc;

/// A block may hold this many times its fair share before an equal cut is better.
const IMBALANCE: i64 = 2;

/// The partition of a new array over `domain` whose axes lie in memory in the order `order`:
/// cut as an input is, so that little moves, or equally.
pub fn partition_like(inputs: &[&Array], domain: &Dims, order: &[u8]) -> Option<PartitionRef> {
    let mut base = Dims::EMPTY;
    order.iter().for_each(|&axis| base.push(domain[axis as usize]));
    let equal = partition_for(&base)?;
    for input in inputs {
        if let Some(part) = derived(input, &base, order) {
            return Some(if part == *equal { equal } else { Rc::new(part) });
        }
    }
    Some(equal)
}

/// The cuts of a blocked input, seen through its view.
fn derived(input: &Array, base: &Dims, order: &[u8]) -> Option<Partition> {
    let part = input.buffer().part.as_ref()?;
    let map = AffineMap::of(input)?;
    let (n, d) = (input.ndim(), order.len());
    let mut out = Partition {
        shape: *base,
        grid: Dims::filled(base.n(), 1),
        cuts: base.iter().map(|&n| vec![0, n]).collect(),
    };
    let mut last = None;
    for k in 0..part.shape.n() {
        if part.grid[k] == 1 {
            continue;
        }
        // The view axis along this dimension, and its place in the new array's memory.
        let axis = (0..n).find(|&a| map.dim[a] == Some(k as u8) && map.step[a] > 0)?;
        let domain_axis = axis + d - n;
        let place = order.iter().position(|&o| o as usize == domain_axis)?;
        if input.shape()[axis] != base[place] || last.is_some_and(|l| place <= l) {
            return None;
        }
        last = Some(place);
        out.grid[place] = part.grid[k];
        let len = base[place];
        let cut = |c: i64| {
            let over = c - map.start[k];
            (over.div_euclid(map.step[axis]) + i64::from(over.rem_euclid(map.step[axis]) != 0)).clamp(0, len)
        };
        let mut cuts: Vec<i64> = part.cuts[k].iter().map(|&c| cut(c)).collect();
        *cuts.first_mut()? = 0;
        *cuts.last_mut()? = len;
        let widest = cuts.windows(2).map(|w| w[1] - w[0]).max()?;
        if widest * part.grid[k] > IMBALANCE * len + part.grid[k] {
            return None;
        }
        out.cuts[place] = cuts;
    }
    last.map(|_| out)
}

/// Each rank's part of a domain whose axes lie in memory in the order `order`.
pub fn domain_parts(part: &Partition, order: &[u8]) -> Vec<Region> {
    (0..world::size())
        .map(|rank| {
            let own = part.region(rank);
            let mut r = own;
            for (place, &axis) in order.iter().enumerate() {
                r.lo[axis as usize] = own.lo[place];
                r.hi[axis as usize] = own.hi[place];
            }
            r
        })
        .collect()
}

/// A nest over a part of the domain.
pub fn nest_over(part: &Region, ops: &[Op]) -> Nest {
    let mut nest = Nest::new(&part.extents());
    ops.iter().for_each(|&op| nest.push(op));
    nest
}

/// [`crate::launch::fresh`] on several ranks; false: everything is whole everywhere.
pub fn fresh(
    call: Call,
    inputs: &[&Array],
    domain: &Dims,
    order: &[u8],
    emit: &mut dyn FnMut(OwnedArray),
) -> Result<bool, Raise> {
    verify::check(call.desc, inputs, domain);
    let part = partition_like(inputs, domain, order);
    if part.is_none() && !inputs.iter().any(|a| a.is_blocked()) {
        return Ok(false);
    }
    let parts = match &part {
        Some(part) => domain_parts(part, order),
        None => vec![Region::whole(domain); world::size()],
    };
    let operands = resolve(inputs, &parts)?;
    let me = &parts[world::rank()];
    let mut nest = nest_over(me, &operands.ops);
    let mut base = Dims::EMPTY;
    order.iter().for_each(|&axis| base.push(domain[axis as usize]));
    let mut outs = Vec::new();
    for k in 0..call.desc.n_outputs as usize {
        let dtype = output_dtype(call.desc, k);
        let stored = match &part {
            Some(part) => Array::create_blocked(dtype, &base, part.clone(), false)?,
            None => Array::alloc_replicated(dtype, &base)?,
        };
        let out = stored.reordered(domain, order);
        if !me.is_empty() {
            match AffineMap::of(&out) {
                Some(map) => nest.push(destination(&out, &map, me)),
                None => nest.push(Op {
                    ptr: out.raw_ptr(),
                    strides: crate::launch::domain::strides_over(&out, domain),
                }),
            }
        }
        outs.push(out);
    }
    if !me.is_empty() {
        run_stored(call, &mut nest);
    }
    drop(operands);
    outs.into_iter().for_each(emit);
    Ok(true)
}

/// [`crate::launch::into`] on several ranks; false: everything is whole everywhere.
pub fn into(call: Call, inputs: &[&Array], dst: &Array) -> Result<bool, Raise> {
    let shape = Dims::new(dst.shape());
    verify::check(call.desc, inputs, &shape);
    if !dst.is_blocked() && !inputs.iter().any(|a| a.is_blocked()) {
        return Ok(false);
    }
    let mut map = AffineMap::of(dst);
    if dst.is_blocked() && map.is_none() {
        replicate(dst.buffer())?;
    }
    let buffer = dst.buffer();
    if buffer.part.is_none() {
        map = None;
    }
    let parts: Vec<Region> = match (&buffer.part, &map) {
        (Some(part), Some(map)) => (0..world::size())
            .map(|r| map.preimage(&part.region(r), dst.shape()))
            .collect(),
        _ => vec![Region::whole(&shape); world::size()],
    };
    let operands = resolve(inputs, &parts)?;
    let me = &parts[world::rank()];
    if buffer.part.is_none() {
        store(call, &operands.ops, dst, None, me)?;
    } else if me.is_empty() {
        // Storage stays shared here as little as on the ranks that write.
        if buffer.is_shared() {
            make_unique(buffer, None)?;
        }
    } else {
        store(call, &operands.ops, dst, map.as_ref(), me)?;
    }
    if let Some(local) = &mut buffer.storage().local {
        local.spoil_margins();
    }
    Ok(true)
}

/// Evaluates this rank's part into the destination's memory here.
fn store(call: Call, ops: &[Op], dst: &Array, map: Option<&AffineMap>, part: &Region) -> Result<(), Raise> {
    let buffer = dst.buffer();
    let extents = part.extents();
    let size = dst.dtype().size();
    let locate = || match map {
        Some(map) => destination(dst, map, part),
        None => Op {
            ptr: dst.raw_ptr(),
            strides: crate::launch::domain::strides_over(dst, &extents),
        },
    };
    let out = locate();
    let n_inputs = call.desc.n_inputs as usize;
    let meets = (0..n_inputs).any(|k| {
        let in_size = crate::launch::input_dtype(call.desc, k).size();
        overlap(&extents, &out, size, &ops[k], in_size) == Overlap::Some
    });
    let mut nest = nest_over(part, ops);
    let mut hold = None;
    if buffer.is_shared() || (meets && buffer.storage().pins == 0) {
        hold = Some(Hold::of(buffer.storage));
        make_unique(buffer, overwritten(dst, map, part).as_ref())?;
    } else if meets {
        let temporary = Array::alloc_replicated(dst.dtype(), &extents)?;
        let mut strides = [0; lnp_abi::MAX_NDIM];
        strides[..extents.n()].copy_from_slice(temporary.strides());
        nest.push(Op {
            ptr: temporary.raw_ptr(),
            strides,
        });
        run_stored(call, &mut nest);
        let back = [
            Op {
                ptr: temporary.raw_ptr(),
                strides,
            },
            out,
        ];
        run_stored(copy::identity_call(dst.dtype()), &mut nest_over(part, &back));
        return Ok(());
    }
    nest.push(locate());
    run_stored(call, &mut nest);
    drop(hold);
    Ok(())
}

/// The box of the memory at hand that this rank's part overwrites whole.
fn overwritten(dst: &Array, map: Option<&AffineMap>, part: &Region) -> Option<Overwritten> {
    let found;
    let map = match map {
        Some(map) => map,
        None => {
            found = AffineMap::of(dst)?;
            &found
        }
    };
    let (image, dense) = map.image(part);
    let local = dst.buffer().storage().local.as_ref().map(|l| l.held.lo);
    let origin = local.unwrap_or(Dims::filled(image.lo.n(), 0));
    let mut region = Overwritten {
        start: image.lo,
        end: image.hi,
    };
    for d in 0..origin.n() {
        region.start[d] -= origin[d];
        region.end[d] -= origin[d];
    }
    dense.then_some(region)
}
