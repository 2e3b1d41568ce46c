//! Putting arrays together: concatenate, roll, repeat, arrays from nested lists.

use crate::array::layout::{Dims, k_order};
use crate::array::view::{check_axis, reshape};
use crate::array::{Array, OwnedArray, dtype_of, slots};
use crate::error::{Raise, guard};
use crate::launch::copy::{Order, assign, materialize};
use lnp_abi::{ArrayHeader, MAX_NDIM};

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_concatenate(dtype: i64, arrays: *const u64, axis: i64, order: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays of that dtype.
    let arrays: Vec<&Array> = unsafe {
        slots(arrays)
            .iter()
            .map(|&p| Array::borrow(p as *const ArrayHeader))
            .collect()
    };
    guard(|| {
        let Some(first) = arrays.first() else {
            return Err(Raise::value("need at least one array to concatenate"));
        };
        if arrays.iter().any(|a| a.ndim() == 0) {
            return Err(Raise::value("zero-dimensional arrays cannot be concatenated"));
        }
        let n = first.ndim();
        let axis = check_axis(axis, n)?;
        let mut shape = Dims::new(first.shape());
        for (i, array) in arrays.iter().enumerate().skip(1) {
            if array.ndim() != n {
                return Err(Raise::value(format!(
                    "all the input arrays must have same number of dimensions, but the array at index 0 has {n} \
                     dimension(s) and the array at index {i} has {} dimension(s)",
                    array.ndim()
                )));
            }
            for d in 0..n {
                if d == axis {
                    shape[d] += array.shape()[d];
                } else if array.shape()[d] != shape[d] {
                    return Err(Raise::value(format!(
                        "all the input array dimensions except for the concatenation axis must match exactly, but \
                         along dimension {d}, the array at index 0 has size {} and the array at index {i} has size {}",
                        shape[d],
                        array.shape()[d]
                    )));
                }
            }
        }
        let dtype = dtype_of(dtype);
        let out = match order {
            0 => Array::alloc(dtype, &shape)?,
            _ => Array::alloc_ordered(dtype, &shape, &joined_order(&arrays)[..n])?,
        };
        let mut at = 0;
        for array in arrays {
            let len = array.shape()[axis];
            assign(&*part(&out, axis, at, len), array)?;
            at += len;
        }
        Ok(out.into_raw())
    })
}

/// Order in memory of the axes of joined arrays: theirs, C order where they disagree.
fn joined_order(arrays: &[&Array]) -> [u8; MAX_NDIM] {
    // An axis of one element has no say, whatever its stride.
    let strides: Vec<Dims> = arrays
        .iter()
        .map(|array| {
            let mut strides = Dims::new(array.strides());
            for (stride, &n) in strides.iter_mut().zip(array.shape()) {
                *stride = if n == 1 { 0 } else { *stride };
            }
            strides
        })
        .collect();
    k_order(arrays[0].ndim(), strides.iter().map(|s| &**s))
}

/// `array[:, …, start : start + len, …]`
pub fn part(array: &Array, axis: usize, start: i64, len: i64) -> OwnedArray {
    let mut shape = Dims::new(array.shape());
    shape[axis] = len;
    let skip = if len > 0 { start * array.strides()[axis] } else { 0 };
    array.view(array.offset() + skip, &shape, array.strides())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_roll(array: *mut ArrayHeader, shift: i64, axis: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        if axis < 0 {
            let flat = reshape(array, &[array.len() as i64])?;
            let rolled = roll(&flat, shift, 0)?;
            return reshape(&rolled, array.shape()).map(OwnedArray::into_raw);
        }
        let axis = check_axis(axis, array.ndim())?;
        roll(array, shift, axis).map(OwnedArray::into_raw)
    })
}

fn roll(array: &Array, shift: i64, axis: usize) -> Result<OwnedArray, Raise> {
    let n = array.shape()[axis];
    if n == 0 {
        return materialize(array, Order::C);
    }
    let shift = shift.rem_euclid(n);
    let out = array.create_like(array.dtype(), false)?;
    assign(&*part(&out, axis, shift, n - shift), &*part(array, axis, 0, n - shift))?;
    assign(&*part(&out, axis, 0, shift), &*part(array, axis, n - shift, shift))?;
    Ok(out)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_wrap(array: *mut ArrayHeader, widths: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array and slots.
    let (array, widths) = unsafe { (Array::borrow(array), slots(widths)) };
    guard(|| {
        let pairs = widths.chunks_exact(2).map(|pair| (pair[0], pair[1]));
        let pairs: Vec<(i64, i64)> = pairs.collect();
        wrap(array, &pairs).map(OwnedArray::into_raw)
    })
}

fn wrap(array: &Array, widths: &[(i64, i64)]) -> Result<OwnedArray, Raise> {
    let mut shape = Dims::new(array.shape());
    for (extent, (before, after)) in shape.iter_mut().zip(widths) {
        *extent += before + after;
    }
    let out = array.create_ordered_like(array.dtype(), &shape, false)?;
    if array.len() == 0 {
        return Ok(out);
    }
    // Axis by axis: borders of the earlier axes are there and are continued too.
    let inside = |first: usize| {
        let mut view = out.view(out.offset(), out.shape(), out.strides());
        for (axis, &(before, _)) in widths.iter().enumerate().skip(first) {
            view = part(&view, axis, before, array.shape()[axis]);
        }
        view
    };
    assign(&inside(0), array)?;
    for (axis, &(before, after)) in widths.iter().enumerate() {
        let (view, n) = (inside(axis + 1), array.shape()[axis]);
        let copy = |to: i64, from: i64, len: i64| assign(&part(&view, axis, to, len), &part(&view, axis, from, len));
        let mut left = before;
        while left > 0 {
            let len = left.min(n);
            left -= len;
            copy(left, left + n, len)?;
        }
        let mut done = 0;
        while done < after {
            let len = (after - done).min(n);
            copy(before + n + done, before + done, len)?;
            done += len;
        }
    }
    Ok(out)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_repeat(array: *mut ArrayHeader, repeats: i64, axis: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        if repeats < 0 {
            return Err(Raise::value("negative dimensions are not allowed"));
        }
        let view = array.replicated()?;
        let data = view.c_bytes();
        let (axis, mut shape) = if axis < 0 {
            (0, Dims::new(&[array.len() as i64]))
        } else {
            (check_axis(axis, array.ndim())?, Dims::new(array.shape()))
        };
        let row = shape[axis + 1..].iter().product::<i64>() as usize * array.dtype().size();
        shape[axis] = shape[axis].checked_mul(repeats).ok_or_else(|| {
            Raise::value("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
        })?;
        let out = Array::from_replicated(array.dtype(), &shape, |out| {
            let part = repeats as usize * row;
            if part > 0 {
                match row {
                    8 => repeat_elements::<8>(&data, repeats as usize, out),
                    4 => repeat_elements::<4>(&data, repeats as usize, out),
                    1 => repeat_elements::<1>(&data, repeats as usize, out),
                    _ => {
                        for (from, out) in data.chunks_exact(row).zip(out.chunks_exact_mut(part)) {
                            out.chunks_exact_mut(row).for_each(|out| out.copy_from_slice(from));
                        }
                    }
                }
            }
        })?;
        Ok(out.into_raw())
    })
}

fn repeat_elements<const N: usize>(data: &[u8], repeats: usize, out: &mut [u8]) {
    let out = out.as_chunks_mut::<N>().0.chunks_exact_mut(repeats);
    for (from, out) in data.as_chunks::<N>().0.iter().zip(out) {
        out.fill(*from);
    }
}
