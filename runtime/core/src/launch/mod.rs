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
mod plan;
pub mod reduce;
mod reduce_shape;
mod site;
pub mod stream;
pub mod threads;

use crate::array::affine::AffineMap;
use crate::array::buffer::{Overwritten, drop_storage, make_unique};
use crate::array::layout::{Dims, k_order};
use crate::array::{Array, OwnedArray, Storage};
use crate::dist::Region;
use crate::error::{Raise, raise};
use crate::{device, dist};
use domain::{Store, broadcast, fits_into, store_mismatch, strides_over};
use lnp_abi::{DType, KernelDesc, LaunchSite, MAX_NDIM};
use nest::{Call, Nest, Op};
use overlap::{Overlap, overlap};
use site::Request;

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
    site: *mut LaunchSite,
    arrays: *const u64,
    bounds: *const u64,
    scalars: *const u64,
    outs: *mut u64,
) {
    // SAFETY: compiled code passes a site and what belongs to it.
    let request = unsafe { Request::new(site, arrays, bounds, scalars) };
    let mut at = outs;
    let mut emit = |array: OwnedArray| {
        at = at.wrapping_add(1);
        // SAFETY: the caller has room for each of the kernel's results.
        unsafe { *at = array.into_raw() as u64 };
    };
    if plan::fresh(&request, &mut emit) {
        return;
    }
    site::finish(request.with_operands(|inputs| {
        fresh(request.call, inputs, None, &mut emit)?;
        plan::learn_fresh(&request, inputs)
    }));
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
    site: *mut LaunchSite,
    arrays: *const u64,
    bounds: *const u64,
    scalars: *const u64,
    in_place: u8,
) {
    // SAFETY: compiled code passes a site and what belongs to it.
    let request = unsafe { Request::new(site, arrays, bounds, scalars) };
    match plan::into(&request) {
        Ok(true) => return,
        Ok(false) => {}
        Err(error) => return raise(error),
    }
    site::finish(request.with_operands(|operands| {
        let Some((dst, inputs)) = operands.split_last() else {
            return Err(Raise::value("a store has a destination"));
        };
        let store = match in_place {
            0 => Store::Assign(dst.shape()),
            _ => Store::InPlace(dst.shape()),
        };
        into(request.call, inputs, dst, store)?;
        plan::learn_into(&request, inputs, dst);
        Ok(())
    }));
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
            Some(region) if !pinned && is_most(dst, &buffer.base) => {
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

/// Whether new storage for the destination's base costs less than a temporary for the store.
fn is_most(dst: &Array, base: &Dims) -> bool {
    dst.len() * 2 >= base.len()
}

/// Orders the loops of a nest whose last operand is the destination.
fn arrange_stored(nest: &mut Nest) {
    let n = nest.n_loops;
    let last = nest.ops().len() - 1;
    let order = k_order(n, std::iter::once(&nest.ops()[last].strides[..n]));
    nest.permute(&order[..n]);
    nest.flip_negative();
    nest.coalesce();
}

/// Runs a nest whose last operand is the destination.
pub fn run_stored(call: Call, nest: &mut Nest) {
    arrange_stored(nest);
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
