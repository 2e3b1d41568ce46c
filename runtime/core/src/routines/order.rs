//! Sorting and what goes by order: sort, argsort, argmin, argmax, running sums, bincount.

use super::rng::from_text;
use crate::array::layout::{Dims, k_order};
use crate::array::view::check_axis;
use crate::array::{Array, OwnedArray, fill};
use crate::error::{Raise, guard};
use crate::launch::reduce::with_strided;
use crate::numeric::{self, ReduceOp};
use lnp_abi::{ArrayHeader, DType};

/// Elements that sort: NaN last, complex numbers by real part, then imaginary.
trait Sorted: Copy {
    /// What orders as the elements do, equal for equal ones: comparing integers takes no branches.
    type Key: Copy + Ord;
    fn key(self) -> Self::Key;
    /// Sorts a line.
    fn sort(line: &mut [Self]) {
        line.sort_by_key(|x| x.key());
    }
}

macro_rules! sorted_int {
    ($($ty:ty),*) => { $(impl Sorted for $ty {
        type Key = $ty;
        #[inline]
        fn key(self) -> $ty { self }
        fn sort(line: &mut [$ty]) { line.sort_unstable(); }
    })* };
}
sorted_int!(u8, i32, i64);

/// Lines up to this long are sorted in place, zeros of both signs staying in their order. (NumPy
/// leaves that order open but for the shortest lines.)
const SHORT: usize = 64;

macro_rules! sorted_float {
    ($($ty:ty: $key:ty),*) => { $(impl Sorted for $ty {
        type Key = $key;
        #[inline]
        fn key(self) -> $key {
            // Zeros are one number, and so are NaNs: the last.
            let bits = if self.is_nan() { <$ty>::NAN } else { self + 0.0 }.to_bits();
            ordered(bits as i64, <$key>::BITS) as $key
        }
        fn sort(line: &mut [$ty]) {
            if line.len() <= SHORT {
                return line.sort_by_key(|x| x.key());
            }
            // Zeros apart, so that each keeps its sign.
            let key = |x: &$ty| ordered(if x.is_nan() { <$ty>::NAN } else { *x }.to_bits() as i64, <$key>::BITS) as $key;
            let mut keys: Vec<$key> = line.iter().map(key).collect();
            keys.sort_unstable();
            for (x, key) in line.iter_mut().zip(keys) {
                *x = <$ty>::from_bits(ordered(key as i64, <$key>::BITS) as _);
            }
        }
    })* };
}
sorted_float!(f32: i32, f64: i64);

impl Sorted for [f64; 2] {
    type Key = (u8, i64, i64);
    fn key(self) -> (u8, i64, i64) {
        // NumPy: numbers, then those with a NaN in the imaginary part, then in the real, then both.
        let class = u8::from(self[0].is_nan()) * 2 + u8::from(self[1].is_nan());
        (class, self[0].key(), self[1].key())
    }
}

/// The bits of a float of `width` bits as an integer of the same order, and back: in negative
/// ones all bits but the sign are turned over.
#[inline(always)]
fn ordered(bits: i64, width: u32) -> i64 {
    let shift = i64::BITS - width;
    // The sign of the narrow number.
    let negative = (bits << shift) >> 63;
    bits ^ (negative & (i64::MAX >> shift))
}

/// Calls a function with the type of an array's elements.
macro_rules! with_type {
    ($dtype:expr, $f:ident ( $($arg:expr),* )) => {
        match $dtype {
            DType::Bool => $f::<u8>($($arg),*),
            DType::I32 => $f::<i32>($($arg),*),
            DType::I64 => $f::<i64>($($arg),*),
            DType::F32 => $f::<f32>($($arg),*),
            DType::F64 => $f::<f64>($($arg),*),
            DType::C128 => $f::<[f64; 2]>($($arg),*),
        }
    };
}

/// The elements of C-order bytes.
fn elements<T: Copy>(bytes: &[u8]) -> Vec<T> {
    bytes
        .chunks_exact(size_of::<T>())
        // SAFETY: a chunk holds one `T`, which is plain data.
        .map(|b| unsafe { b.as_ptr().cast::<T>().read_unaligned() })
        .collect()
}

/// Calls `line(first, step)` for each line along an axis of a C-order array.
fn lines(shape: &[i64], axis: usize, mut line: impl FnMut(usize, usize)) {
    let step = shape[axis + 1..].iter().product::<i64>() as usize;
    let outer = shape[..axis].iter().product::<i64>() as usize;
    let row = shape[axis] as usize * step;
    for o in 0..outer {
        for i in 0..step {
            line(o * row + i, step);
        }
    }
}

fn sorted<T: Sorted>(bytes: &[u8], shape: &[i64], axis: usize, out: &mut [u8]) {
    let mut all: Vec<T> = elements(bytes);
    let n = shape[axis] as usize;
    if axis + 1 == shape.len() {
        all.chunks_exact_mut(n.max(1)).for_each(T::sort);
    } else {
        let mut buffer: Vec<T> = Vec::with_capacity(n);
        lines(shape, axis, |first, step| {
            buffer.clear();
            buffer.extend((0..n).map(|k| all[first + k * step]));
            T::sort(&mut buffer);
            for (k, &x) in buffer.iter().enumerate() {
                all[first + k * step] = x;
            }
        });
    }
    fill(out, |i| all[i as usize]);
}

fn argsorted<T: Sorted>(bytes: &[u8], shape: &[i64], axis: usize, out: &mut [i64]) {
    let all: Vec<T> = elements(bytes);
    let n = shape[axis] as usize;
    // Keys beside their places, so that comparing reads no memory at random.
    let mut buffer: Vec<(T::Key, usize)> = Vec::with_capacity(n);
    lines(shape, axis, |first, step| {
        buffer.clear();
        buffer.extend((0..n).map(|k| (all[first + k * step].key(), k)));
        buffer.sort_unstable();
        for (k, &(_, i)) in buffer.iter().enumerate() {
            out[first + k * step] = i as i64;
        }
    });
}

/// Runs what gives a C-order array of its operand's shape, so that the result keeps the order
/// of the operand's axes in memory: over the axes in that order.
fn in_memory_order(
    array: &Array,
    axis: usize,
    run: impl FnOnce(&Array, usize) -> Result<OwnedArray, Raise>,
) -> Result<OwnedArray, Raise> {
    if array.is_contiguous() {
        return run(array, axis);
    }
    let order = k_order(array.ndim(), std::iter::once(array.strides()));
    let order = &order[..array.ndim()];
    let by_order = |of: &[i64]| -> Vec<i64> { order.iter().map(|&axis| of[axis as usize]).collect() };
    let (shape, strides) = (by_order(array.shape()), by_order(array.strides()));
    let at = order.iter().position(|&a| a as usize == axis).unwrap_or(axis);
    let result = run(&array.view(array.offset(), &shape, &strides), at)?;
    Ok(result.reordered(array.shape(), order))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_sort(array: *mut ArrayHeader, axis: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let axis = check_axis(axis, array.ndim())?;
        let result = in_memory_order(array, axis, |array, axis| {
            let view = array.replicated()?;
            let bytes = view.c_bytes();
            Array::from_replicated(array.dtype(), array.shape(), |out| {
                with_type!(array.dtype(), sorted(&bytes, array.shape(), axis, out));
            })
        })?;
        Ok(result.into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_argsort(array: *mut ArrayHeader, axis: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let axis = check_axis(axis, array.ndim())?;
        let view = array.replicated()?;
        let bytes = view.c_bytes();
        let mut order = vec![0; array.len()];
        with_type!(array.dtype(), argsorted(&bytes, array.shape(), axis, &mut order));
        let result = Array::from_replicated(DType::I64, array.shape(), |out| fill(out, |i| order[i as usize]))?;
        Ok(result.into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_arg_reduce(array: *mut ArrayHeader, op: i64, axis: i64, keepdims: u8) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| arg_reduce(array, op == 1, axis, keepdims != 0).map(OwnedArray::into_raw))
}

fn arg_reduce(array: &Array, max: bool, axis: i64, keepdims: bool) -> Result<OwnedArray, Raise> {
    let view = array.replicated()?;
    if axis < 0 {
        let at = with_strided(&view, |src| numeric::arg_extreme(max, src)).map_err(from_text)?;
        let ones = Dims::filled(if keepdims { array.ndim() } else { 0 }, 1);
        return Array::from_replicated(DType::I64, &ones, |out| fill(out, |_| at as i64));
    }
    let axis = check_axis(axis, array.ndim())?;
    let mut shape = Dims::new(array.shape());
    shape.remove(axis);
    let mut at = vec![0; shape.len()];
    with_strided(&view, |src| numeric::arg_extreme_axis(max, src, axis, &mut at)).map_err(from_text)?;
    if keepdims {
        shape.insert(axis, 1);
    }
    Array::from_replicated(DType::I64, &shape, |out| fill(out, |i| at[i as usize]))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_scan(array: *mut ArrayHeader, op: i64, axis: i64, _dtype: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let op = if op == 0 { ReduceOp::Sum } else { ReduceOp::Prod };
        let flat = [array.len() as i64];
        let (axis, shape) = if axis < 0 {
            (None, &flat[..])
        } else {
            (Some(check_axis(axis, array.ndim())?), array.shape())
        };
        let dtype = numeric::result_dtype(op, array.dtype());
        let scan = |array: &Array, axis, shape: &[i64]| {
            let view = array.replicated()?;
            Array::from_replicated(dtype, shape, |out| {
                with_strided(&view, |src| numeric::accumulate(op, src, axis, out));
            })
        };
        let result = match axis {
            None => scan(array, None, shape)?,
            Some(axis) => in_memory_order(array, axis, |array, axis| scan(array, Some(axis), array.shape()))?,
        };
        Ok(result.into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_bincount(array: *mut ArrayHeader, min_len: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array of integers.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        if array.ndim() != 1 {
            return Err(Raise::value(if array.ndim() == 0 {
                "object of too small depth for desired array"
            } else {
                "object too deep for desired array"
            }));
        }
        if min_len < 0 {
            return Err(Raise::value("'minlength' must not be negative"));
        }
        let view = array.replicated()?;
        let bytes = view.c_bytes();
        let values: Vec<i64> = match array.dtype() {
            DType::I32 => elements::<i32>(&bytes).into_iter().map(i64::from).collect(),
            DType::Bool => bytes.iter().map(|&b| i64::from(b)).collect(),
            _ => elements(&bytes),
        };
        if values.iter().any(|&v| v < 0) {
            return Err(Raise::value("'list' argument must have no negative elements"));
        }
        let most = values.iter().max().map_or(0, |&m| m.saturating_add(1));
        let len = most.max(min_len);
        let array = Array::from_replicated(DType::I64, &[len], |out| {
            out.fill(0);
            for v in values {
                let at = v as usize * 8;
                let mut count = [0; 8];
                count.copy_from_slice(&out[at..at + 8]);
                out[at..at + 8].copy_from_slice(&(i64::from_ne_bytes(count) + 1).to_ne_bytes());
            }
        })?;
        Ok(array.into_raw())
    })
}
