//! Plain copies: elements between strided arrays, and the identity kernels that move them.

use super::domain::Store;
use super::nest::{Call, Nest, Op};
use crate::array::layout::k_order;
use crate::array::{Array, OwnedArray};
use crate::error::Raise;
use lnp_abi::{DType, KernelDesc, MAX_NDIM};
use std::ffi::CStr;

/// Which layout a copy gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    C,
    /// As the original's, without its gaps.
    K,
}

/// Kernels that copy their only input, by element size.
struct Identity(KernelDesc);

// SAFETY: immutable, and its pointers are to statics.
unsafe impl Sync for Identity {}

const fn identity(name: &'static CStr, entry: lnp_abi::KernelFn, dtypes: &'static [u8; 2], cost: u64) -> Identity {
    Identity(KernelDesc {
        entry,
        name: name.as_ptr().cast(),
        ndim: MAX_NDIM as u32,
        n_inputs: 1,
        n_outputs: 1,
        n_scalar_slots: 0,
        dtypes: dtypes.as_ptr(),
        ndims: [MAX_NDIM as u8; 1].as_ptr(),
        checks: std::ptr::null(),
        n_checks: 0,
        cost,
        tile: 1 << 14,
        // Every program's PTX has them.
        on_gpu: 1,
        identity: 1,
    })
}

static IDENTITY: [Identity; 6] = [
    identity(c"lnp_copy_1", copy_kernel::<1>, &[0, 0], 64),
    identity(c"lnp_copy_4", copy_kernel::<4>, &[1, 1], 300),
    identity(c"lnp_copy_8", copy_kernel::<8>, &[2, 2], 600),
    identity(c"lnp_copy_4", copy_kernel::<4>, &[3, 3], 300),
    identity(c"lnp_copy_8", copy_kernel::<8>, &[4, 4], 600),
    identity(c"lnp_copy_16", copy_kernel::<16>, &[5, 5], 1200),
];

/// The call that copies arrays of a dtype.
pub fn identity_call(dtype: DType) -> Call<'static> {
    Call {
        desc: &IDENTITY[dtype as usize].0,
        scalars: std::ptr::null(),
    }
}

unsafe extern "C" fn copy_kernel<const SIZE: usize>(
    extents: *const i64,
    ptrs: *const *mut u8,
    strides: *const i64,
    _scalars: *const u64,
) {
    // SAFETY: the kernel ABI, for `MAX_NDIM` loops and two operands.
    unsafe {
        let extents = std::slice::from_raw_parts(extents, MAX_NDIM);
        let strides = std::slice::from_raw_parts(strides, 2 * MAX_NDIM);
        copy_loops::<SIZE>(extents, *ptrs.add(1), &strides[MAX_NDIM..], *ptrs, &strides[..MAX_NDIM]);
    }
}

/// # Safety
/// All points of both operands are live elements of `SIZE` bytes; they do not overlap.
unsafe fn copy_loops<const SIZE: usize>(
    extents: &[i64],
    to: *mut u8,
    to_strides: &[i64],
    from: *const u8,
    from_strides: &[i64],
) {
    let Some((&n, rest)) = extents.split_first() else {
        // SAFETY: one element.
        unsafe { std::ptr::copy_nonoverlapping(from, to, SIZE) };
        return;
    };
    let (ts, fs) = (to_strides[0] as isize, from_strides[0] as isize);
    if rest.is_empty() {
        if ts == SIZE as isize && fs == SIZE as isize {
            // SAFETY: `n` adjacent elements on both sides.
            unsafe { std::ptr::copy_nonoverlapping(from, to, n as usize * SIZE) };
            return;
        }
        for i in 0..n as isize {
            // SAFETY: the caller's promise, for each point.
            unsafe {
                let value = from.offset(i * fs).cast::<[u8; SIZE]>().read();
                to.offset(i * ts).cast::<[u8; SIZE]>().write(value);
            }
        }
        return;
    }
    for i in 0..n as isize {
        // SAFETY: the caller's promise, for a part of the points.
        unsafe {
            copy_loops::<SIZE>(
                rest,
                to.offset(i * ts),
                &to_strides[1..],
                from.offset(i * fs),
                &from_strides[1..],
            );
        }
    }
}

/// Copies elements of `size` bytes between two arrays of one shape, on this thread.
///
/// # Safety
/// All elements of both are live; they do not overlap.
pub unsafe fn copy_elements(
    shape: &[i64],
    size: usize,
    to: *mut u8,
    to_strides: &[i64],
    from: *const u8,
    from_strides: &[i64],
) {
    let op = |ptr: *mut u8, strides: &[i64]| {
        let mut s = [0; MAX_NDIM];
        s[..strides.len()].copy_from_slice(strides);
        Op { ptr, strides: s }
    };
    let mut nest = Nest::new(shape);
    if nest.len() == 0 {
        return;
    }
    nest.push(op(from.cast_mut(), from_strides));
    nest.push(op(to, to_strides));
    let order = k_order(shape.len(), std::iter::once(to_strides));
    nest.permute(&order[..shape.len()]);
    nest.flip_negative();
    nest.coalesce();
    let n = nest.n_loops;
    let (f, t) = (nest.ops()[0], nest.ops()[1]);
    // SAFETY: the caller's promise; reordering loops changes no address.
    unsafe {
        match size {
            1 => copy_loops::<1>(&nest.extents[..n], t.ptr, &t.strides, f.ptr, &f.strides),
            4 => copy_loops::<4>(&nest.extents[..n], t.ptr, &t.strides, f.ptr, &f.strides),
            8 => copy_loops::<8>(&nest.extents[..n], t.ptr, &t.strides, f.ptr, &f.strides),
            _ => copy_loops::<16>(&nest.extents[..n], t.ptr, &t.strides, f.ptr, &f.strides),
        }
    }
}

/// A copy in memory of its own.
pub fn materialize(array: &Array, order: Order) -> Result<OwnedArray, Raise> {
    let c_order: [u8; MAX_NDIM] = std::array::from_fn(|i| i as u8);
    let order = match order {
        Order::C => Some(&c_order[..array.ndim()]),
        Order::K => None,
    };
    let mut out = None;
    super::fresh(identity_call(array.dtype()), &[array], order, &mut |a| out = Some(a))?;
    out.ok_or_else(|| Raise::value("a copy gives one array"))
}

/// `dst[...] = src` for arrays of one dtype.
pub fn assign(dst: &Array, src: &Array) -> Result<(), Raise> {
    super::into(identity_call(dst.dtype()), &[src], dst, Store::Assign(dst.shape()))
}
