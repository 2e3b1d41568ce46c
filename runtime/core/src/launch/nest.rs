//! Running a kernel over a box: loop order, coalescing, tiles, threads.
//!
//! Element-wise kernels may run their points in any order and any grouping; an element's bits
//! never depend on where a call begins or ends. So loops are permuted and merged for long
//! unit-stride runs, then cut into tiles.

use super::threads;
use crate::array::Array;
use crate::device::{self, Home};
use lnp_abi::{KernelDesc, MAX_NDIM};
use std::mem::MaybeUninit;

/// The most operands of a kernel: a mask's worth of inputs, and outputs.
pub const MAX_OPS: usize = 80;

/// One operand: address of the first point, byte strides per loop.
#[derive(Clone, Copy, Debug)]
pub struct Op {
    pub ptr: *mut u8,
    pub strides: [i64; MAX_NDIM],
}

/// A kernel's loops over a box of points, outermost first.
#[derive(Clone)]
pub struct Nest {
    pub n_loops: usize,
    pub extents: [i64; MAX_NDIM],
    n_ops: usize,
    ops: [MaybeUninit<Op>; MAX_OPS],
    /// The storages that the operands lie in.
    homes: [MaybeUninit<Home>; MAX_OPS],
}

/// What a launch calls: the kernel's code and its scalar inputs.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub desc: &'a KernelDesc,
    pub scalars: *const u64,
}

// SAFETY: a kernel reads its scalars and touches only the operands' memory that it is given;
// tiles of one launch write disjoint elements.
unsafe impl Sync for Call<'_> {}
// SAFETY: as above; the addresses are only used by kernels.
unsafe impl Sync for Nest {}

impl Nest {
    #[inline]
    pub fn new(extents: &[i64]) -> Nest {
        let mut e = [1; MAX_NDIM];
        e[..extents.len()].copy_from_slice(extents);
        Nest {
            n_loops: extents.len(),
            extents: e,
            n_ops: 0,
            ops: [MaybeUninit::uninit(); MAX_OPS],
            homes: [MaybeUninit::uninit(); MAX_OPS],
        }
    }

    /// Adds an operand in host memory that is valid.
    #[inline]
    pub fn push(&mut self, op: Op) {
        self.push_home(op, Home::NONE);
    }

    /// Adds a replicated array, wherever its elements are valid.
    #[inline]
    pub fn push_array(&mut self, array: &Array, strides: [i64; MAX_NDIM]) {
        let buffer = array.buffer();
        self.push_home(
            Op {
                ptr: array.raw_ptr(),
                strides,
            },
            Home::of(buffer),
        );
    }

    /// Adds an operand in a storage.
    #[inline]
    pub fn push_home(&mut self, op: Op, home: Home) {
        self.ops[self.n_ops] = MaybeUninit::new(op);
        self.homes[self.n_ops] = MaybeUninit::new(home);
        self.n_ops += 1;
    }

    #[inline]
    pub fn homes(&self) -> &[Home] {
        // SAFETY: the first `n_ops` are written.
        unsafe { std::slice::from_raw_parts(self.homes.as_ptr().cast(), self.n_ops) }
    }

    #[inline]
    pub fn ops(&self) -> &[Op] {
        // SAFETY: the first `n_ops` are written.
        unsafe { std::slice::from_raw_parts(self.ops.as_ptr().cast(), self.n_ops) }
    }

    #[inline]
    pub fn ops_mut(&mut self) -> &mut [Op] {
        // SAFETY: the first `n_ops` are written.
        unsafe { std::slice::from_raw_parts_mut(self.ops.as_mut_ptr().cast(), self.n_ops) }
    }

    #[inline]
    pub fn len(&self) -> i64 {
        self.extents[..self.n_loops].iter().product()
    }

    /// Reorders the loops: loop i of the result is loop `order[i]` of this.
    pub fn permute(&mut self, order: &[u8]) {
        let n = self.n_loops;
        if order[..n].iter().enumerate().all(|(i, &d)| i == d as usize) {
            return;
        }
        let old = self.extents;
        for i in 0..n {
            self.extents[i] = old[order[i] as usize];
        }
        for op in self.ops_mut() {
            let old = op.strides;
            for i in 0..n {
                op.strides[i] = old[order[i] as usize];
            }
        }
    }

    /// Drops loops of one iteration and merges loops that run on in memory for every operand.
    /// Keeps the flat order of the points.
    pub fn coalesce(&mut self) {
        let n = self.n_loops;
        let mut out = 0;
        for d in 0..n {
            if self.extents[d] == 1 {
                continue;
            }
            if out > 0 && self.continues(out - 1, d) {
                let inner = self.extents[d];
                self.extents[out - 1] *= inner;
                for op in self.ops_mut() {
                    op.strides[out - 1] = op.strides[d];
                }
                continue;
            }
            self.extents[out] = self.extents[d];
            for op in self.ops_mut() {
                op.strides[out] = op.strides[d];
            }
            out += 1;
        }
        self.n_loops = out;
    }

    fn continues(&self, outer: usize, inner: usize) -> bool {
        let extent = self.extents[inner];
        self.ops()
            .iter()
            .all(|op| op.strides[outer] == op.strides[inner] * extent)
    }

    /// Runs loops upward in memory where every operand goes down (or stays).
    pub fn flip_negative(&mut self) {
        for d in 0..self.n_loops {
            let down = self.ops().iter().all(|op| op.strides[d] <= 0) && self.ops().iter().any(|op| op.strides[d] < 0);
            if down {
                let last = self.extents[d] - 1;
                for op in self.ops_mut() {
                    op.ptr = op.ptr.wrapping_offset((op.strides[d] * last) as isize);
                    op.strides[d] = -op.strides[d];
                }
            }
        }
    }

    /// Runs the kernel on every point, on as many threads as pay.
    ///
    /// # Safety
    /// Every operand is live memory at all points of the nest; outputs overlap nothing that
    /// another point reads or writes.
    pub unsafe fn run(&self, call: Call) {
        let total = self.len();
        if total == 0 || device::try_launch(self, call) {
            return;
        }
        device::before_host_launch(self, call.desc);
        let cost = call.desc.cost.max(64) as i64;
        let (tile, parallel) = match threads::forced_tile() {
            Some(tile) => (tile, true),
            None => {
                let time = total.saturating_mul(cost) >> 10;
                if time < threads::MIN_PARALLEL_NS || threads::count() == 1 {
                    (total, false)
                } else {
                    let share = total / (threads::count() as i64 * 4);
                    (share.max((threads::MIN_TILE_NS << 10) / cost), true)
                }
            }
        };
        if !parallel || tile >= total {
            // SAFETY: the caller's promise.
            return unsafe { self.run_box(call, &[0; MAX_NDIM], &self.extents) };
        }
        let tiles = Tiles::new(&self.extents[..self.n_loops], tile);
        threads::for_each(tiles.count, &|idx| {
            let (start, extents) = tiles.get(idx);
            // SAFETY: the caller's promise; tiles are disjoint.
            unsafe { self.run_box(call, &start, &extents) };
        });
    }

    /// Runs the kernel on a box of the nest's points.
    ///
    /// # Safety
    /// As [`Nest::run`].
    pub unsafe fn run_box(&self, call: Call, start: &[i64; MAX_NDIM], extents: &[i64; MAX_NDIM]) {
        // SAFETY: the caller's promise.
        unsafe { self.run_box_to(call, start, extents, None) };
    }

    /// The same, with another address for the last operand.
    ///
    /// # Safety
    /// As [`Nest::run`].
    pub unsafe fn run_box_to(
        &self,
        call: Call,
        start: &[i64; MAX_NDIM],
        extents: &[i64; MAX_NDIM],
        last: Option<*mut u8>,
    ) {
        let kernel_ndim = call.desc.ndim as usize;
        // Loops that the kernel has not: run here.
        let outer = self.n_loops.saturating_sub(kernel_ndim);
        let n_outer: i64 = extents[..outer].iter().product();
        let pad = kernel_ndim.saturating_sub(self.n_loops);
        let n_ops = self.n_ops;
        let mut ptrs = [const { MaybeUninit::<*mut u8>::uninit() }; MAX_OPS];
        let mut strides = [const { MaybeUninit::<i64>::uninit() }; MAX_OPS * MAX_NDIM];
        for (k, op) in self.ops().iter().enumerate() {
            let at: i64 = (0..self.n_loops).map(|d| start[d] * op.strides[d]).sum();
            let ptr = last.filter(|_| k + 1 == n_ops).unwrap_or(op.ptr);
            ptrs[k].write(ptr.wrapping_offset(at as isize));
            for d in 0..kernel_ndim {
                let stride = if d < pad { 0 } else { op.strides[outer + d - pad] };
                strides[k * kernel_ndim + d].write(stride);
            }
        }
        let mut inner = [1i64; MAX_NDIM];
        inner[pad..kernel_ndim].copy_from_slice(&extents[outer..self.n_loops]);
        let mut index = [0i64; MAX_NDIM];
        for _ in 0..n_outer {
            // SAFETY: the caller's promise; the arrays hold what the kernel ABI asks for.
            unsafe {
                (call.desc.entry)(
                    inner.as_ptr(),
                    ptrs.as_ptr().cast(),
                    strides.as_ptr().cast(),
                    call.scalars,
                )
            };
            for d in (0..outer).rev() {
                index[d] += 1;
                let back = if index[d] < extents[d] { 1 } else { 1 - extents[d] };
                for (k, op) in self.ops().iter().enumerate().take(n_ops) {
                    // SAFETY: written above.
                    let ptr = unsafe { ptrs[k].assume_init_mut() };
                    *ptr = ptr.wrapping_offset((op.strides[d] * back) as isize);
                }
                if index[d] < extents[d] {
                    break;
                }
                index[d] = 0;
            }
        }
    }
}

/// A box cut into tiles of about so many points, each whole along the inner loops.
pub struct Tiles {
    extents: [i64; MAX_NDIM],
    n_loops: usize,
    /// The loop that is cut, and the iterations of it in a tile.
    cut: usize,
    chunk: i64,
    per_row: i64,
    pub count: usize,
}

impl Tiles {
    pub fn new(extents: &[i64], tile: i64) -> Tiles {
        let mut e = [1; MAX_NDIM];
        e[..extents.len()].copy_from_slice(extents);
        let mut inner = 1;
        let mut cut = extents.len();
        while cut > 0 && inner * e[cut - 1] <= tile {
            cut -= 1;
            inner *= e[cut];
        }
        // All loops fit: one tile. Else the loop before those that fit is cut.
        let whole = cut == 0;
        let cut = cut.saturating_sub(1);
        let chunk = if whole { e[0] } else { (tile / inner).clamp(1, e[cut]) };
        let per_row = (e[cut] + chunk - 1) / chunk;
        let outer: i64 = e[..cut].iter().product();
        Tiles {
            extents: e,
            n_loops: extents.len(),
            cut,
            chunk,
            per_row,
            count: (outer * per_row) as usize,
        }
    }

    /// Start and extents of a tile.
    pub fn get(&self, idx: usize) -> ([i64; MAX_NDIM], [i64; MAX_NDIM]) {
        let mut start = [0; MAX_NDIM];
        let mut extents = self.extents;
        let mut rest = idx as i64;
        start[self.cut] = rest % self.per_row * self.chunk;
        extents[self.cut] = self.chunk.min(self.extents[self.cut] - start[self.cut]);
        rest /= self.per_row;
        for d in (0..self.cut).rev() {
            start[d] = rest % self.extents[d];
            extents[d] = 1;
            rest /= self.extents[d];
        }
        debug_assert!(self.n_loops <= MAX_NDIM);
        (start, extents)
    }
}

#[cfg(test)]
mod tests {
    use super::Tiles;

    #[test]
    fn tiles_cover_each_point_once() {
        for extents in [vec![7, 5, 3], vec![1, 9], vec![13], vec![2, 2, 2, 2], vec![]] {
            for tile in 1..40 {
                let tiles = Tiles::new(&extents, tile);
                let total: i64 = extents.iter().product();
                let mut seen = vec![0; total as usize];
                for idx in 0..tiles.count {
                    let (start, size) = tiles.get(idx);
                    for flat in 0..total {
                        let mut rest = flat;
                        let mut inside = true;
                        for d in (0..extents.len()).rev() {
                            let i = rest % extents[d];
                            rest /= extents[d];
                            inside &= start[d] <= i && i < start[d] + size[d];
                        }
                        seen[flat as usize] += u8::from(inside);
                    }
                }
                assert!(seen.iter().all(|&n| n == 1), "{extents:?} {tile}");
            }
        }
    }
}
