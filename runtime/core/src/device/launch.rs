//! Launches on the device.

use super::provider::{self, Ready, State};
use super::{MIN_POINTS, Slot, ensure_host, host_written};
use crate::array::buffer::drop_storage;
use crate::array::layout::c_strides;
use crate::array::{Buffer, Storage};
use crate::launch::nest::{Call, Nest, Op};
use lnp_abi::provider::cuda::pack_launch;
use lnp_abi::{DType, KernelDesc, MAX_NDIM};

/// The storage that an operand of a nest lies in, and its bytes on this rank.
#[derive(Clone, Copy)]
pub struct Home {
    storage: *mut Storage,
    bytes: usize,
}

/// Runs a launch on the device, if that is the place for it; `false`: the host runs it, after
/// [`before_host_launch`].
///
/// The nest's addresses are of host memory, whose elements may be old. Overlaps are resolved
/// as for the host.
#[inline]
pub fn try_launch(nest: &Nest, call: Call<'_>) -> bool {
    match provider::state() {
        State::Off => false,
        _ => consider(nest, call),
    }
}

/// Readies the operands for a launch on the host.
#[inline]
pub fn before_host_launch(nest: &Nest, desc: &KernelDesc) {
    if super::is_on() {
        bring_back(nest.homes(), desc.n_inputs as usize);
    }
}

#[cold]
fn bring_back(operands: &[Home], n_inputs: usize) {
    for (k, operand) in operands.iter().enumerate() {
        if operand.storage.is_null() {
            continue;
        }
        let storage = operand.storage();
        ensure_host(storage);
        if k >= n_inputs {
            host_written(storage);
        }
    }
}

/// The values of a kernel, evaluated on the device and moved to the host.
pub struct Evaluated(*mut Storage);

impl Evaluated {
    pub fn ptr(&self) -> *const u8 {
        // SAFETY: its own storage.
        unsafe { (*self.0).ptr }
    }
}

impl Drop for Evaluated {
    fn drop(&mut self) {
        // SAFETY: the only use of the storage.
        unsafe { drop_storage(self.0) };
    }
}

/// Evaluates a kernel of one output of `size` bytes over the nest of its inputs, in flat order,
/// when an input is on the device: then one array moves to the host, not all that are read.
#[inline]
pub fn evaluate(nest: &Nest, call: Call<'_>, size: usize) -> Option<Evaluated> {
    if !super::is_on() || call.desc.identity != 0 {
        return None;
    }
    evaluate_resident(nest, call, size)
}

#[cold]
fn evaluate_resident(nest: &Nest, call: Call<'_>, size: usize) -> Option<Evaluated> {
    if nest.homes().iter().any(Home::is_elsewhere) || !nest.homes().iter().any(Home::is_resident) {
        return None;
    }
    let bytes = nest.len() as usize * size;
    let values = Evaluated(Storage::new(bytes, false)?);
    let mut strides = [0; MAX_NDIM];
    strides[..nest.n_loops].copy_from_slice(&c_strides(&nest.extents[..nest.n_loops], size));
    let mut nest = nest.clone();
    nest.push_home(
        Op {
            ptr: values.ptr().cast_mut(),
            strides,
        },
        Home {
            storage: values.0,
            bytes,
        },
    );
    nest.coalesce();
    if !try_launch(&nest, call) {
        return None;
    }
    // SAFETY: its own storage.
    ensure_host(unsafe { &mut *values.0 });
    Some(values)
}

impl Home {
    /// Memory that belongs to no storage.
    pub const NONE: Home = Home {
        storage: std::ptr::null_mut(),
        bytes: 0,
    };

    #[inline]
    pub fn of(buffer: &Buffer) -> Home {
        Home {
            storage: buffer.storage,
            bytes: buffer.local_bytes(),
        }
    }

    #[allow(clippy::mut_from_ref)]
    fn storage(&self) -> &mut Storage {
        // SAFETY: an operand's storage is live during its launch; only the host thread is here,
        // and each borrow ends before the next one begins.
        unsafe { &mut *self.storage }
    }

    fn is_resident(&self) -> bool {
        self.storage().device.host_stale
    }

    /// Whether it must stay on the host: Python or another owner may touch the memory at any time.
    fn is_elsewhere(&self) -> bool {
        self.storage.is_null() || self.storage().pins > 0
    }
}

#[cold]
fn consider(nest: &Nest, call: Call<'_>) -> bool {
    let operands = nest.homes();
    if matches!(provider::state(), State::Lacking) {
        provider::fail("LNP_DEVICE=gpu: the program was compiled without GPU kernels");
    }
    let n_points = nest.len();
    let n_outputs = call.desc.n_outputs as usize;
    if call.desc.on_gpu == 0
        || n_points == 0
        || nest.n_loops > call.desc.ndim as usize
        || operands.iter().any(Home::is_elsewhere)
    {
        return false;
    }
    let wanted = match provider::state() {
        State::Off => false,
        State::Lacking => false,
        State::Unopened(_) => n_points >= MIN_POINTS && provider::open_now(),
        State::Ready(ready) => ready.demanded || n_points >= MIN_POINTS || operands.iter().any(Home::is_resident),
    };
    let State::Ready(ready) = provider::state() else {
        return false;
    };
    let Some(kernel) = ready.kernel(call.desc).filter(|_| wanted) else {
        return false;
    };
    run(ready, kernel, nest, call, operands, n_outputs).is_some()
}

/// `None` when the launch does not fit the device's form or its memory: nothing was written.
fn run(ready: &mut Ready, kernel: u64, nest: &Nest, call: Call<'_>, operands: &[Home], n_outputs: usize) -> Option<()> {
    let ndim = call.desc.ndim as usize;
    let n_inputs = operands.len() - n_outputs;
    let mut ptrs = Vec::with_capacity(operands.len());
    let mut strides = Vec::with_capacity(operands.len() * ndim);
    for (k, (operand, op)) in operands.iter().zip(nest.ops()).enumerate() {
        let covered = k >= n_inputs && covers(nest, op, operand, output_size(call, k));
        let slot = enter(ready, operand, covered)?;
        let offset = (op.ptr as u64).wrapping_sub(operand.storage().ptr as u64);
        ptrs.push(slot.wrapping_add(offset));
        strides.extend((0..ndim).map(|d| on_loop(nest, ndim, d).map_or(0, |loop_idx| op.strides[loop_idx])));
    }
    let mut extents = [1; MAX_NDIM];
    for (d, extent) in extents.iter_mut().enumerate().take(ndim) {
        *extent = on_loop(nest, ndim, d).map_or(1, |loop_idx| nest.extents[loop_idx]);
    }
    let scalars = match call.desc.n_scalar_slots {
        0 => &[],
        // SAFETY: a launch has as many scalar slots as its kernel.
        n => unsafe { std::slice::from_raw_parts(call.scalars, n as usize) },
    };
    start(ready, kernel, &extents[..ndim], &mut ptrs, &strides, scalars)?;
    for operand in &operands[n_inputs..] {
        let slot = &mut operand.storage().device;
        slot.host_stale = true;
        slot.device_stale = false;
    }
    Some(())
}

/// Starts the kernel, in parts along the outermost loop when there are more points than a
/// launch takes. `None`: nothing was started.
fn start(
    ready: &mut Ready,
    kernel: u64,
    extents: &[i64],
    ptrs: &mut [u64],
    strides: &[i64],
    scalars: &[u64],
) -> Option<()> {
    let cut = extents.iter().position(|&n| n > 1).unwrap_or(0);
    let inner = extents.iter().skip(cut + 1).try_fold(1_i64, |n, &e| n.checked_mul(e))?;
    let most = ready.max_points / inner.max(1);
    if most == 0 {
        return None;
    }
    let mut left = extents.get(cut).copied().unwrap_or(1);
    let mut part = extents.to_vec();
    let mut is_first = true;
    while left > 0 {
        let n = left.min(most);
        if let Some(extent) = part.get_mut(cut) {
            *extent = n;
        }
        let started = if pack_launch(&mut ready.words, &part, ptrs, strides, scalars) {
            ready.launch(kernel)
        } else {
            Err("a launch does not fit".to_owned())
        };
        match started {
            Ok(()) => {}
            Err(_) if is_first => return None,
            // Some points are written, perhaps over what the kernel reads.
            Err(text) => provider::fail(&format!("the GPU failed: {text}")),
        }
        is_first = false;
        left -= n;
        for (k, ptr) in ptrs.iter_mut().enumerate() {
            let stride = strides.get(k * extents.len() + cut).copied().unwrap_or(0);
            *ptr = ptr.wrapping_add_signed(n * stride);
        }
    }
    Some(())
}

/// The nest's loop that is dimension `d` of the kernel: the nest's loops are the last ones.
fn on_loop(nest: &Nest, ndim: usize, d: usize) -> Option<usize> {
    (d + nest.n_loops).checked_sub(ndim)
}

fn output_size(call: Call<'_>, operand_idx: usize) -> usize {
    // SAFETY: a descriptor has a dtype code for each operand.
    let code = unsafe { *call.desc.dtypes.add(operand_idx) };
    DType::from_code(code).map_or(0, DType::size)
}

/// Whether an output's points are all elements of its storage, so that none need survive.
fn covers(nest: &Nest, op: &Op, operand: &Home, size: usize) -> bool {
    let mut loops: Vec<(i64, i64)> = (0..nest.n_loops)
        .filter(|&d| nest.extents[d] > 1)
        .map(|d| (op.strides[d].abs(), nest.extents[d]))
        .collect();
    loops.sort_unstable();
    let mut step = size as i64;
    for (stride, extent) in loops {
        if stride != step {
            return false;
        }
        step *= extent;
    }
    step == operand.bytes as i64
}

/// Makes the storage's elements valid on the device, unless all are about to be overwritten;
/// its device address.
fn enter(ready: &Ready, operand: &Home, overwritten: bool) -> Option<u64> {
    let storage = operand.storage();
    let host = storage.ptr;
    let slot = &mut storage.device;
    if slot.ptr == 0 {
        let ptr = ready.alloc(operand.bytes)?;
        *slot = Slot {
            ptr,
            bytes: operand.bytes,
            host_stale: false,
            device_stale: true,
        };
    }
    if slot.device_stale && !overwritten {
        // SAFETY: the host's elements are valid, and as many.
        let elements = unsafe { std::slice::from_raw_parts(host, slot.bytes) };
        ready.to_device(slot.ptr, elements).ok()?;
        slot.device_stale = false;
    }
    Some(slot.ptr)
}
