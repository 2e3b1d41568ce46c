//! Plans: what a launch site found out, kept for the next launch of operands that lie alike.
//!
//! Where the operands' bases have the same shapes, strides and offsets as before, and views of
//! them the same bounds, all follows that took time to find: the domain, the order of loops,
//! where each operand starts, which inputs the destination meets. Only storages differ. A plan
//! is for small launches on this thread, in a process of its own; the rest takes too long for
//! the finding to matter.

use super::domain::{Store, broadcast, strides_over};
use super::nest::{Call, MAX_OPS, Nest, Op};
use super::overlap::{Overlap, overlap};
use super::site::Request;
use super::{Hold, output_dtype, overwritten, threads};
use crate::array::buffer::{Overwritten, make_unique};
use crate::array::layout::{Dims, k_order};
use crate::array::{Array, OwnedArray};
use crate::error::Raise;
use crate::{device, dist};
use lnp_abi::MAX_NDIM;
use std::mem::MaybeUninit;

/// Plans in a row that served nothing, after which a site makes no more.
const MOST_MISSES: u8 = 8;

/// The most results of a planned launch.
const MAX_RESULTS: usize = 8;

/// A base's geometry.
struct Key {
    offset: i64,
    shape: [i64; MAX_NDIM],
    strides: [i64; MAX_NDIM],
    /// The same array as the operand before.
    repeats: bool,
}

pub struct Plan {
    misses: u8,
    keys: Vec<Key>,
    bounds: Vec<i64>,
    /// As the kernel takes them; `strides` of all operands, results last.
    extents: [i64; MAX_NDIM],
    strides: Vec<i64>,
    /// Bytes from the start of each operand's storage.
    offsets: Vec<i64>,
    /// The shape of the results.
    shape: Dims,
    store: Option<Stored>,
}

/// Of a plan that stores into an array.
struct Stored {
    /// The shape of the destination's base.
    base: Dims,
    /// By operand: whether the destination meets it where both lie in one storage.
    meets: Vec<bool>,
    /// What of the base is overwritten whole.
    region: Option<Overwritten>,
    /// New storage costs less than a temporary.
    replace: bool,
}

impl Plan {
    #[inline]
    fn serves(&mut self, request: &Request) -> bool {
        let mut differs = 0;
        let mut last: *const Array = std::ptr::null();
        for (key, &base) in self.keys.iter().zip(request.bases) {
            if key.repeats && std::ptr::eq(last, base) {
                continue;
            }
            last = base;
            let (shape, strides) = (base.shape(), base.strides());
            differs |= key.offset ^ base.offset();
            for d in 0..shape.len() {
                differs |= key.shape[d] ^ shape[d] | key.strides[d] ^ strides[d];
            }
        }
        for (a, b) in self.bounds.iter().zip(request.bounds) {
            differs |= a ^ b;
        }
        if differs == 0 {
            self.misses = 0;
        }
        differs == 0
    }

    /// # Safety
    /// `ptrs` are the operands' first elements; outputs overlap nothing that another point
    /// reads or writes.
    #[inline]
    unsafe fn run(&self, call: Call, ptrs: &[MaybeUninit<*mut u8>; MAX_OPS]) {
        // SAFETY: extents and strides are those of operands that lie alike.
        unsafe {
            (call.desc.entry)(
                self.extents.as_ptr(),
                ptrs.as_ptr().cast(),
                self.strides.as_ptr(),
                call.scalars,
            )
        }
    }

    /// The plan of operands over loops that are in their final order.
    fn of(request: &Request, nest: &Nest, shape: &[i64], store: Option<Stored>) -> Option<Plan> {
        let n = request.call.desc.ndim as usize;
        let pad = n.checked_sub(nest.n_loops)?;
        let mut extents = [1; MAX_NDIM];
        extents[pad..n].copy_from_slice(&nest.extents[..nest.n_loops]);
        let mut strides = Vec::with_capacity(nest.ops().len() * n);
        for op in nest.ops() {
            strides.extend((0..n).map(|d| if d < pad { 0 } else { op.strides[d - pad] }));
        }
        let mut last: *const Array = std::ptr::null();
        let key = |base: &&Array| {
            let mut key = Key {
                offset: base.offset(),
                shape: [0; MAX_NDIM],
                strides: [0; MAX_NDIM],
                repeats: std::ptr::eq(std::mem::replace(&mut last, *base), *base),
            };
            key.shape[..base.ndim()].copy_from_slice(base.shape());
            key.strides[..base.ndim()].copy_from_slice(base.strides());
            key
        };
        Some(Plan {
            misses: request.plan().map_or(0, |old| old.misses + 1),
            keys: request.bases.iter().map(key).collect(),
            bounds: request.bounds.to_vec(),
            extents,
            strides,
            offsets: nest.ops().iter().map(|op| op.ptr as i64).collect(),
            shape: Dims::new(shape),
            store,
        })
    }
}

/// Whether a launch over `len` points is worth a plan here.
fn is_wanted(request: &Request, len: usize) -> bool {
    let time = (len as i64).saturating_mul(request.call.desc.cost.max(64) as i64) >> 10;
    len > 0
        && (time < threads::MIN_PARALLEL_NS || threads::count() == 1)
        && threads::forced_tile().is_none()
        && !dist::is_world()
        && !device::is_on()
        && request.plan().is_none_or(|old| old.misses < MOST_MISSES)
}

/// An operand over a shape; its address counts from the start of its storage.
fn op(array: &Array, shape: &[i64]) -> Op {
    Op {
        ptr: std::ptr::without_provenance_mut(array.offset() as usize),
        strides: strides_over(array, shape),
    }
}

/// Remembers a launch with new results.
pub fn learn_fresh(request: &Request, inputs: &[&Array]) -> Result<(), Raise> {
    let domain = broadcast(request.call.desc, inputs, Store::Fresh)?;
    let n_outputs = request.call.desc.n_outputs as usize;
    if !is_wanted(request, domain.len()) || n_outputs > MAX_RESULTS {
        return Ok(());
    }
    let mut nest = Nest::new(&domain);
    for input in inputs {
        nest.push(op(input, &domain));
    }
    let n = domain.n();
    let order = k_order(n, nest.ops().iter().map(|op| &op.strides[..n]));
    // Results in another order than C's are views, which this way does not make.
    if order[..n].iter().enumerate().any(|(i, &axis)| i != axis as usize) {
        return Ok(());
    }
    for k in 0..n_outputs {
        let size = output_dtype(request.call.desc, k).size();
        let mut strides = [0; MAX_NDIM];
        let flat = crate::array::layout::c_strides(&domain, size);
        for d in (0..n).filter(|&d| domain[d] != 1) {
            strides[d] = flat[d];
        }
        let ptr = std::ptr::null_mut();
        nest.push(Op { ptr, strides });
    }
    nest.flip_negative();
    nest.coalesce();
    if let Some(plan) = Plan::of(request, &nest, &domain, None) {
        request.set_plan(plan);
    }
    Ok(())
}

/// Remembers a store.
pub fn learn_into(request: &Request, inputs: &[&Array], dst: &Array) {
    if !is_wanted(request, dst.len()) {
        return;
    }
    let shape = dst.shape();
    let mut nest = Nest::new(shape);
    let out = op(dst, shape);
    let mut meets = Vec::with_capacity(inputs.len());
    for input in inputs {
        let from = op(input, shape);
        meets.push(overlap(shape, &out, dst.dtype().size(), &from, input.dtype().size()) == Overlap::Some);
        nest.push(from);
    }
    nest.push(out);
    super::arrange_stored(&mut nest);
    let base = dst.buffer().base;
    let region = overwritten(dst, base);
    let store = Stored {
        base,
        meets,
        replace: region.is_some() && super::is_most(dst, &base),
        region,
    };
    if let Some(plan) = Plan::of(request, &nest, shape, Some(store)) {
        request.set_plan(plan);
    }
}

/// Launches as planned, with results handed to `emit` in order. False: there is no plan for it.
#[inline]
pub fn fresh(request: &Request, mut emit: impl FnMut(OwnedArray)) -> bool {
    let Some(plan) = request.plan() else {
        return false;
    };
    if !plan.serves(request) {
        return false;
    }
    let mut ptrs = [const { MaybeUninit::<*mut u8>::uninit() }; MAX_OPS];
    let mut n = 0;
    for (base, &offset) in request.bases.iter().zip(&plan.offsets) {
        ptrs[n].write(base.buffer().storage().ptr.wrapping_offset(offset as isize));
        n += 1;
    }
    let n_inputs = n;
    let mut results = [const { None }; MAX_RESULTS];
    let n_outputs = request.call.desc.n_outputs as usize;
    for (k, slot) in results.iter_mut().enumerate().take(n_outputs) {
        // Out of memory: the long way says so.
        let Ok(out) = Array::alloc(output_dtype(request.call.desc, k), &plan.shape) else {
            return false;
        };
        ptrs[n_inputs + k].write(out.raw_ptr());
        *slot = Some(out);
    }
    // SAFETY: live operands that lie as planned; the results are new memory.
    unsafe { plan.run(request.call, &ptrs) };
    results.into_iter().flatten().for_each(&mut emit);
    true
}

/// Stores as planned. False: there is no plan for it.
#[inline]
pub fn into(request: &Request) -> Result<bool, Raise> {
    let Some(plan) = request.plan() else {
        return Ok(false);
    };
    let Some((dst, inputs)) = request.bases.split_last() else {
        return Ok(false);
    };
    if !plan.serves(request) {
        return Ok(false);
    }
    let Some(store) = &plan.store else {
        return Ok(false);
    };
    let buffer = dst.buffer();
    let home = buffer.storage;
    // Memory that Python sees may lie in several storages at once.
    if buffer.storage().pins > 0 || buffer.base != store.base {
        return Ok(false);
    }
    let mut ptrs = [const { MaybeUninit::<*mut u8>::uninit() }; MAX_OPS];
    let mut met = false;
    for (k, (input, &offset)) in inputs.iter().zip(&plan.offsets).enumerate() {
        let storage = input.buffer().storage();
        if storage.pins > 0 {
            return Ok(false);
        }
        met |= store.meets[k] && std::ptr::eq(storage, home);
        ptrs[k].write(storage.ptr.wrapping_offset(offset as isize));
    }
    // The inputs' addresses stay those of the old storage, which must outlive the launch.
    let mut hold = None;
    if buffer.is_shared() || met {
        if !buffer.is_shared() && !store.replace {
            return Ok(false);
        }
        hold = Some(Hold::of(home));
        make_unique(buffer, store.region.as_ref())?;
    }
    let at = plan.offsets[inputs.len()];
    ptrs[inputs.len()].write(buffer.storage().ptr.wrapping_offset(at as isize));
    // SAFETY: live operands that lie as planned; the destination meets none of them.
    unsafe { plan.run(request.call, &ptrs) };
    drop(hold);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::super::{lnp_launch_fresh, lnp_launch_into};
    use super::*;
    use crate::array::index::view;
    use lnp_abi::{ArrayHeader, DType, KernelDesc, LaunchSite, SITE_DYNAMIC};

    /// `a + 2·b` over two loops.
    unsafe extern "C" fn add_twice(
        extents: *const i64,
        ptrs: *const *mut u8,
        strides: *const i64,
        _scalars: *const u64,
    ) {
        // SAFETY: the kernel ABI, for two loops and three operands.
        unsafe {
            for i in 0..*extents {
                for j in 0..*extents.add(1) {
                    let at = |k: usize| -> *mut f64 {
                        let offset = i * *strides.add(2 * k) + j * *strides.add(2 * k + 1);
                        (*ptrs.add(k)).offset(offset as isize).cast()
                    };
                    *at(2) = *at(0) + 2.0 * *at(1);
                }
            }
        }
    }

    fn desc() -> KernelDesc {
        KernelDesc {
            entry: add_twice,
            name: c"add_twice".as_ptr().cast(),
            ndim: 2,
            n_inputs: 2,
            n_outputs: 1,
            n_scalar_slots: 0,
            dtypes: [DType::F64 as u8; 3].as_ptr(),
            ndims: [2u8; 2].as_ptr(),
            checks: std::ptr::null(),
            n_checks: 0,
            cost: 64,
            tile: 1024,
            on_gpu: 0,
            identity: 0,
        }
    }

    fn values(array: &Array) -> Vec<f64> {
        let (shape, strides) = (array.shape(), array.strides());
        let mut out = Vec::new();
        for i in 0..shape[0] {
            for j in 0..shape[1] {
                let at = i * strides[0] + j * strides[1];
                // SAFETY: an element of a live array.
                out.push(unsafe { array.ptr().offset(at as isize).cast::<f64>().read() });
            }
        }
        out
    }

    /// Launches at one site, of operands that lie alike and otherwise, in one storage and in
    /// several, agree with the elements computed one by one.
    #[test]
    fn planned_launches_agree_with_the_meaning() {
        let _host = crate::host::alone();
        // Large enough for copies to share storage.
        const N: i64 = 17;
        // Windows of N - 2 by N - 1 elements, whose corners are the launch's bounds.
        let item = [
            7 | SITE_DYNAMIC | SITE_DYNAMIC << 1,
            0,
            1,
            1,
            7 | SITE_DYNAMIC | SITE_DYNAMIC << 1,
            2,
            3,
            1,
        ];
        let mut views = vec![3];
        for k in 0..3 {
            views.extend([k, 1, 2]);
            for (w, &word) in item.iter().enumerate() {
                views.push(if matches!(w % 4, 1 | 2) { word + 4 * k } else { word });
            }
        }
        let mut state = 1u64;
        let mut dice = |n: i64| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 33) as i64 % n
        };
        let raw = |array: &OwnedArray| std::ptr::from_ref::<Array>(array) as u64;
        let desc = desc();
        for round in 0..200 {
            views[0] = if round % 2 == 0 { 2 } else { 3 };
            let mut site = LaunchSite {
                desc: &desc,
                views: views.as_ptr(),
                plan: std::ptr::null_mut(),
            };
            let arrays: Vec<OwnedArray> = (0..3).map(|_| Array::alloc(DType::F64, &[N, N]).unwrap()).collect();
            for (k, array) in arrays.iter().enumerate() {
                for i in 0..N * N {
                    // SAFETY: an element of a new array.
                    unsafe {
                        array
                            .ptr()
                            .cast::<f64>()
                            .add(i as usize)
                            .write((1000 * k as i64 + i) as f64)
                    };
                }
            }
            let mut n_planned = 0;
            let (mut picks, mut corners) = ([0usize; 3], [(0, 0); 3]);
            for _ in 0..8 {
                if dice(2) == 0 {
                    picks = std::array::from_fn(|_| dice(3) as usize);
                }
                if dice(3) == 0 {
                    corners = std::array::from_fn(|_| (dice(3), dice(2)));
                }
                let mut bounds = vec![12];
                for (i, j) in corners {
                    bounds.extend([i, i + N - 2, j, j + N - 1].map(|b| b as u64));
                }
                let window = |k: usize| {
                    let (i, j) = corners[k];
                    view(&arrays[picks[k]], &[7, i, i + N - 2, 1, 7, j, j + N - 1, 1]).unwrap()
                };
                let (a, b) = (values(&window(0)), values(&window(1)));
                let expected: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + 2.0 * b).collect();
                n_planned += i32::from(!site.plan.is_null());
                if round % 2 == 0 {
                    let slots = [2, raw(&arrays[picks[0]]), raw(&arrays[picks[1]])];
                    let mut outs = [1, 0];
                    // SAFETY: a site, live arrays and bounds as the site says.
                    unsafe {
                        lnp_launch_fresh(
                            &mut site,
                            slots.as_ptr(),
                            bounds.as_ptr(),
                            [0].as_ptr(),
                            outs.as_mut_ptr(),
                        );
                    }
                    // SAFETY: the launch's result, owned.
                    let out = unsafe { OwnedArray::from_raw(outs[1] as *mut ArrayHeader) };
                    assert_eq!(values(&out), expected);
                } else {
                    let slots = [
                        3,
                        raw(&arrays[picks[0]]),
                        raw(&arrays[picks[1]]),
                        raw(&arrays[picks[2]]),
                    ];
                    // Now and then a copy shares the storage.
                    let copy = (dice(3) == 0)
                        .then(|| crate::array::view::copy(&arrays[picks[2]], crate::launch::copy::Order::C).unwrap());
                    let before = copy.as_ref().map(|c| values(c));
                    // SAFETY: as above.
                    unsafe {
                        lnp_launch_into(&mut site, slots.as_ptr(), bounds.as_ptr(), [0].as_ptr(), 0);
                    }
                    assert_eq!(values(&window(2)), expected);
                    assert_eq!(copy.as_ref().map(|c| values(c)), before);
                }
            }
            assert!(n_planned > 0);
            if !site.plan.is_null() {
                // SAFETY: the site's own, and no launch comes any more.
                drop(unsafe { Box::from_raw(site.plan.cast::<Plan>()) });
            }
        }
    }
}
