//! Launches: kernels over the broadcast domain of arrays.
//!
//! The right side of a statement counts as evaluated whole before the store. Fresh results
//! need no care; a store into an array that the kernel also reads goes to new storage or
//! through a temporary unless each element is read and written at the same point only.

pub mod copy;
pub mod domain;
pub mod fold;
pub mod nest;
pub mod overlap;
pub mod reduce;
mod reduce_shape;
pub mod stream;
pub mod threads;

use crate::array::affine::AffineMap;
use crate::array::buffer::{Overwritten, drop_storage, make_unique};
use crate::array::layout::{Dims, k_order};
use crate::array::{Array, OwnedArray, Storage, slots};
use crate::dist::Region;
use crate::error::{Raise, guard};
use crate::{device, dist};
use domain::{Store, broadcast, fits_into, store_mismatch, strides_over};
use lnp_abi::{ArrayHeader, DType, KernelDesc, MAX_NDIM};
use nest::{Call, MAX_OPS, Nest, Op};
use overlap::{Overlap, overlap};
use std::mem::MaybeUninit;

/// A launch's inputs as array references.
pub struct Inputs<'a> {
    arrays: [Option<&'a Array>; MAX_OPS],
    n: usize,
}

impl<'a> Inputs<'a> {
    /// # Safety
    /// `pointers` are live arrays.
    #[inline]
    unsafe fn of(pointers: &[i64]) -> Inputs<'a> {
        let mut arrays = [None; MAX_OPS];
        for (slot, &ptr) in arrays.iter_mut().zip(pointers) {
            // SAFETY: the caller's promise.
            *slot = Some(unsafe { Array::borrow(ptr as *const ArrayHeader) });
        }
        Inputs {
            arrays,
            n: pointers.len(),
        }
    }

    #[inline]
    fn as_slice(&self) -> &[&'a Array] {
        // SAFETY: the first `n` are `Some`, which has the layout of the reference itself.
        unsafe { std::slice::from_raw_parts(self.arrays.as_ptr().cast(), self.n) }
    }
}

/// The dtype of a kernel's array input.
pub fn input_dtype(desc: &KernelDesc, k: usize) -> DType {
    // SAFETY: codegen emits `n_inputs + n_outputs` codes.
    let code = unsafe { *desc.dtypes.add(k) };
    DType::from_code(code).unwrap_or(DType::F64)
}

/// The dtype of a kernel's result.
pub fn output_dtype(desc: &KernelDesc, k: usize) -> DType {
    // SAFETY: codegen emits `n_inputs + n_outputs` codes.
    let code = unsafe { *desc.dtypes.add(desc.n_inputs as usize + k) };
    DType::from_code(code).unwrap_or(DType::F64)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_launch_fresh(
    desc: *const KernelDesc,
    inputs: *const u64,
    scalars: *const u64,
    outs: *mut u64,
) {
    // SAFETY: compiled code passes its own description, live arrays and scalar slots.
    let (desc, pointers, scalars) = unsafe { (&*desc, slots(inputs), scalars.add(1)) };
    let call = Call { desc, scalars };
    // SAFETY: as above.
    let results = unsafe { outs.add(1) };
    // SAFETY: the pointers are of live arrays.
    if unsafe { fresh_small(call, pointers, results) } {
        return;
    }
    guard(|| {
        // SAFETY: as above.
        let inputs = unsafe { Inputs::of(pointers) };
        let mut k = 0;
        fresh(call, inputs.as_slice(), None, &mut |array| {
            // SAFETY: the caller has room for each of the kernel's results.
            unsafe { *results.add(k) = array.into_raw() as u64 };
            k += 1;
        })
    });
}

/// The short way for small contiguous operands of one shape. False: not taken.
///
/// # Safety
/// `pointers` are live arrays, `results` has room for the kernel's results.
#[inline]
unsafe fn fresh_small(call: Call, pointers: &[i64], results: *mut u64) -> bool {
    const MOST: usize = 8;
    let n_ops = call.desc.n_inputs as usize + call.desc.n_outputs as usize;
    let ndim = call.desc.ndim as usize;
    if pointers.is_empty()
        || n_ops > MOST
        || ndim == 0
        || dist::is_world()
        || threads::forced_tile().is_some()
        || device::is_on()
    {
        return false;
    }
    // SAFETY: live arrays.
    let first = unsafe { Array::borrow(pointers[0] as *const ArrayHeader) };
    let shape = first.shape();
    let len = first.len() as i64;
    if len * call.desc.cost.max(64) as i64 >> 10 > threads::MIN_PARALLEL_NS || shape.len() != ndim {
        return false;
    }
    let mut ptrs = [std::ptr::null_mut::<u8>(); MOST];
    let mut strides = [const { MaybeUninit::<i64>::uninit() }; MOST * MAX_NDIM];
    strides[..n_ops * ndim].fill(MaybeUninit::new(0));
    for (k, &pointer) in pointers.iter().enumerate() {
        // SAFETY: live arrays.
        let array = unsafe { Array::borrow(pointer as *const ArrayHeader) };
        if !array.is_contiguous() || array.shape() != shape {
            return false;
        }
        ptrs[k] = array.ptr();
        strides[k * ndim + ndim - 1].write(array.dtype().size() as i64);
    }
    for k in 0..call.desc.n_outputs as usize {
        let dtype = output_dtype(call.desc, k);
        let Ok(array) = Array::alloc(dtype, shape) else {
            // Out of memory: the long way says so; results made so far are given back.
            for j in 0..k {
                // SAFETY: made in an earlier round, owned by this function.
                drop(unsafe { OwnedArray::from_raw(*results.add(j) as *mut ArrayHeader) });
            }
            return false;
        };
        let at = pointers.len() + k;
        ptrs[at] = array.ptr();
        strides[at * ndim + ndim - 1].write(dtype.size() as i64);
        // SAFETY: the caller's promise.
        unsafe { *results.add(k) = array.into_raw() as u64 };
    }
    let mut extents = [1i64; MAX_NDIM];
    extents[ndim - 1] = len;
    if len > 0 {
        // SAFETY: contiguous operands of `len` elements; the results are new memory.
        unsafe { (call.desc.entry)(extents.as_ptr(), ptrs.as_ptr(), strides.as_ptr().cast(), call.scalars) };
    }
    true
}

/// Evaluates a kernel into new arrays, handed to `emit` in order. `order`: the order of the
/// results' axes in memory where it is not NumPy's.
pub fn fresh(
    call: Call,
    inputs: &[&Array],
    order: Option<&[u8]>,
    emit: &mut dyn FnMut(OwnedArray),
) -> Result<(), Raise> {
    let domain = broadcast(call.desc, inputs, Store::Fresh)?;
    let strides = |array: &&Array| strides_over(array, &domain);
    let natural;
    let order = match order {
        Some(order) => order,
        None => {
            let all: Vec<[i64; MAX_NDIM]> = inputs.iter().map(strides).collect();
            natural = k_order(domain.n(), all.iter().map(|s| &s[..domain.n()]));
            &natural[..domain.n()]
        }
    };
    if dist::is_world() && dist::launch::fresh(call, inputs, &domain, order, emit)? {
        return Ok(());
    }
    let mut nest = Nest::new(&domain);
    for input in inputs {
        nest.push_array(input, strides(input));
    }
    let mut outs = Vec::with_capacity(call.desc.n_outputs as usize);
    for k in 0..call.desc.n_outputs as usize {
        let out = Array::alloc_ordered(output_dtype(call.desc, k), &domain, order)?;
        nest.push_array(&out, strides_over(&out, &domain));
        outs.push(out);
    }
    nest.permute(order);
    nest.flip_negative();
    nest.coalesce();
    // SAFETY: operands are live arrays over the domain, the outputs new ones.
    unsafe { nest.run(call) };
    outs.into_iter().for_each(emit);
    Ok(())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_launch_into(
    desc: *const KernelDesc,
    inputs: *const u64,
    scalars: *const u64,
    dst: *mut ArrayHeader,
    kind: i64,
) {
    // SAFETY: compiled code passes its own description, live arrays and scalar slots.
    let (desc, pointers, scalars) = unsafe { (&*desc, slots(inputs), scalars.add(1)) };
    // SAFETY: as above.
    let (inputs, dst) = unsafe { (Inputs::of(pointers), Array::borrow(dst)) };
    guard(|| {
        let store = if kind == 1 {
            Store::InPlace(dst.shape())
        } else {
            Store::Assign(dst.shape())
        };
        into(Call { desc, scalars }, inputs.as_slice(), dst, store)
    });
}

/// Evaluates a kernel into the elements of `dst`.
pub fn into(call: Call, inputs: &[&Array], dst: &Array, store: Store) -> Result<(), Raise> {
    let domain = broadcast(call.desc, inputs, store)?;
    if !fits_into(&domain, store) {
        return Err(store_mismatch(&domain, store));
    }
    if dst.len() == 0 {
        return Ok(());
    }
    if dist::is_world() && dist::launch::into(call, inputs, dst)? {
        return Ok(());
    }
    into_local(call, inputs, dst)
}

/// The store when every operand is whole in this process.
fn into_local(call: Call, inputs: &[&Array], dst: &Array) -> Result<(), Raise> {
    let shape = dst.shape();
    let mut nest = Nest::new(shape);
    for input in inputs {
        nest.push_array(input, strides_over(input, shape));
    }
    let buffer = dst.buffer();
    let out = Op {
        ptr: dst.raw_ptr(),
        strides: strides_over(dst, shape),
    };
    let size = dst.dtype().size();
    let meets = || {
        inputs
            .iter()
            .zip(nest.ops())
            .any(|(input, op)| overlap(shape, &out, size, op, input.dtype().size()) == Overlap::Some)
    };
    // The inputs' addresses stay those of the old storage, which must outlive the launch.
    let mut hold = None;
    if buffer.is_shared() {
        hold = Some(Hold::of(buffer.storage));
        make_unique(buffer, overwritten(dst, buffer.base).as_ref())?;
    } else if meets() {
        let pinned = buffer.storage().pins > 0;
        match overwritten(dst, buffer.base) {
            Some(region) if !pinned && dst.len() * 2 >= buffer.base.len() => {
                hold = Some(Hold::of(buffer.storage));
                make_unique(buffer, Some(&region))?;
            }
            _ => return through_temporary(call, &mut nest, dst),
        }
    }
    nest.push_array(dst, out.strides);
    run_stored(call, &mut nest);
    drop(hold);
    Ok(())
}

/// Runs a nest whose last operand is the destination.
pub fn run_stored(call: Call, nest: &mut Nest) {
    let n = nest.n_loops;
    let last = nest.ops().len() - 1;
    let order = k_order(n, std::iter::once(&nest.ops()[last].strides[..n]));
    nest.permute(&order[..n]);
    nest.flip_negative();
    nest.coalesce();
    // SAFETY: the caller made sure that the operands are live and that points do not interfere.
    unsafe { nest.run(call) };
}

/// Evaluates into new memory, then copies to the destination.
pub fn through_temporary(call: Call, nest: &mut Nest, dst: &Array) -> Result<(), Raise> {
    let shape = Dims::new(&nest.extents[..nest.n_loops]);
    let temporary = Array::alloc_replicated(dst.dtype(), &shape)?;
    nest.push_array(&temporary, strides_over(&temporary, &shape));
    run_stored(call, nest);
    if device::is_on() {
        let mut back = Nest::new(&shape);
        back.push_array(&temporary, strides_over(&temporary, &shape));
        back.push_array(dst, strides_over(dst, &shape));
        run_stored(copy::identity_call(dst.dtype()), &mut back);
        return Ok(());
    }
    let size = dst.dtype().size();
    // SAFETY: both are live arrays of this shape, in different memory.
    unsafe {
        copy::copy_elements(
            &shape,
            size,
            dst.ptr(),
            dst.strides(),
            temporary.ptr(),
            temporary.strides(),
        )
    };
    Ok(())
}

/// The box of the base that a store to all of `dst` overwrites whole, if it is one.
pub fn overwritten(dst: &Array, base: Dims) -> Option<Overwritten> {
    let map = AffineMap::of(dst)?;
    let (region, dense) = map.image(&Region::whole(&Dims::new(dst.shape())));
    debug_assert_eq!(base.n(), region.lo.n());
    dense.then_some(Overwritten {
        start: region.lo,
        end: region.hi,
    })
}

/// A use of a storage for the length of a launch.
pub struct Hold(*mut Storage);

impl Hold {
    pub fn of(storage: *mut Storage) -> Hold {
        // SAFETY: the caller's live storage.
        unsafe { (*storage).users += 1 };
        Hold(storage)
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        // SAFETY: the use taken in `of`.
        unsafe { drop_storage(self.0) };
    }
}
