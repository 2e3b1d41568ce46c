//! A kernel's values as one flat sequence, computed piece by piece into scratch that stays in
//! the first-level cache.

use super::nest::{Call, Nest, Op};
use crate::array::layout::c_strides;
use crate::device;
use lnp_abi::MAX_NDIM;
use std::mem::MaybeUninit;

/// Bytes of scratch.
pub const SCRATCH_BYTES: usize = 1 << 14;

/// Room for the values of one piece.
#[repr(align(64))]
pub struct Scratch(MaybeUninit<[u8; SCRATCH_BYTES]>);

#[allow(clippy::new_without_default)]
impl Scratch {
    #[inline]
    pub fn new() -> Scratch {
        Scratch(MaybeUninit::uninit())
    }
}

/// The values of a kernel's only output over its domain, flat in the order of the nest's loops.
pub struct Stream<'a> {
    call: Call<'a>,
    /// The last operand is the output, its strides those of the flat order.
    nest: Nest,
    size: i64,
    /// The values lie in memory already, one after the other.
    direct: Option<*const u8>,
    len: usize,
    /// What `direct` points to, when it was made for this.
    _values: Option<device::Evaluated>,
}

// SAFETY: workers only call the kernel on live operands and write their own scratch.
unsafe impl Sync for Stream<'_> {}

impl<'a> Stream<'a> {
    /// `nest`: the inputs over the loops, outermost first.
    ///
    /// # Safety
    /// The operands are live and unwritten while the stream is used.
    pub unsafe fn new(call: Call<'a>, mut nest: Nest, size: usize) -> Stream<'a> {
        let mut strides = [0; MAX_NDIM];
        let flat = c_strides(&nest.extents[..nest.n_loops], size);
        strides[..nest.n_loops].copy_from_slice(&flat);
        let len = nest.len() as usize;
        if let Some(values) = device::evaluate(&nest, call, size) {
            let direct = Some(values.ptr());
            return Stream {
                call,
                nest,
                size: size as i64,
                direct,
                len,
                _values: Some(values),
            };
        }
        nest.push(Op {
            ptr: std::ptr::null_mut(),
            strides,
        });
        nest.coalesce();
        device::before_host_launch(&nest, call.desc);
        let whole = call.desc.identity != 0
            && (nest.n_loops == 0 || nest.n_loops == 1 && nest.ops()[0].strides[0] == size as i64);
        let direct = whole.then(|| nest.ops()[0].ptr.cast_const());
        Stream {
            call,
            nest,
            size: size as i64,
            direct,
            len,
            _values: None,
        }
    }

    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Rough nanoseconds for the whole.
    pub fn cost(&self) -> i64 {
        (self.len as i64).saturating_mul(self.call.desc.cost.max(256) as i64) >> 10
    }

    /// The most values one call of [`Stream::get`] may ask for.
    pub fn chunk(&self) -> usize {
        SCRATCH_BYTES / self.size as usize
    }

    /// Values `start .. start + len`.
    ///
    /// # Safety
    /// The range lies in the stream, `len` is at most [`Stream::chunk`] and `T` is the output's
    /// element type.
    #[inline]
    pub unsafe fn get<'s, T: Copy>(&'s self, start: usize, len: usize, scratch: &'s mut Scratch) -> &'s [T] {
        if let Some(ptr) = self.direct {
            // SAFETY: the values lie there, aligned as the array's elements are.
            return unsafe { std::slice::from_raw_parts(ptr.cast::<T>().add(start), len) };
        }
        let out: *mut u8 = scratch.0.as_mut_ptr().cast();
        self.eval(start as i64, len as i64, out);
        // SAFETY: the kernel has written `len` values to the aligned scratch.
        unsafe { std::slice::from_raw_parts(out.cast::<T>(), len) }
    }

    /// Values without the limit of a chunk, where they lie in memory.
    ///
    /// # Safety
    /// As [`Stream::get`], without the limit.
    pub unsafe fn in_memory<T: Copy>(&self, start: usize, len: usize) -> Option<&[T]> {
        // SAFETY: the caller's promise.
        self.direct
            .map(|ptr| unsafe { std::slice::from_raw_parts(ptr.cast::<T>().add(start), len) })
    }

    /// Writes values `start .. start + len` to `out`.
    pub fn eval(&self, mut start: i64, mut len: i64, out: *mut u8) {
        let n = self.nest.n_loops;
        let extents = &self.nest.extents;
        // The address that value 0 would have.
        let base = out.wrapping_offset((-start * self.size) as isize);
        while len > 0 {
            let mut index = [0; MAX_NDIM];
            let mut rest = start;
            for d in (0..n).rev() {
                index[d] = rest % extents[d];
                rest /= extents[d];
            }
            // The outermost loop of which whole iterations can be taken from here.
            let mut inner = 1;
            let mut cut = n;
            while cut > 0 {
                let d = cut - 1;
                cut = d;
                if index[d] != 0 || inner * extents[d] > len || d == 0 {
                    break;
                }
                inner *= extents[d];
            }
            let mut size = [1; MAX_NDIM];
            let mut taken = 1;
            if n > 0 {
                size[cut] = (len / inner).min(extents[cut] - index[cut]);
                size[cut + 1..n].copy_from_slice(&extents[cut + 1..n]);
                taken = size[cut] * inner;
            }
            // SAFETY: a box of the nest; the output lies in the caller's memory.
            unsafe { self.nest.run_box_to(self.call, &index, &size, Some(base)) };
            start += taken;
            len -= taken;
        }
    }
}
