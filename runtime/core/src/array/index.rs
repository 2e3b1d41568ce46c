//! Basic indexing: `a[i, 1:n, ::2, None]` as a view of the same buffer.

use super::layout::Dims;
use super::{Array, OwnedArray, slots};
use crate::error::{Raise, guard};
use lnp_abi::{ArrayHeader, MAX_NDIM};

/// Bounds-checked element position along an axis; negative counts from the end.
#[inline]
pub fn position(index: i64, axis: usize, extent: i64) -> Result<i64, Raise> {
    let at = if index < 0 { index + extent } else { index };
    if (at as u64) < extent as u64 {
        Ok(at)
    } else {
        Err(out_of_bounds(index, axis, extent))
    }
}

#[cold]
pub fn out_of_bounds(index: i64, axis: usize, extent: i64) -> Raise {
    Raise::index(format!(
        "index {index} is out of bounds for axis {axis} with size {extent}"
    ))
}

/// First position, number of elements and step of a slice, clamped as Python does.
pub fn slice_range(extent: i64, start: Option<i64>, stop: Option<i64>, step: i64) -> Result<(i64, i64), Raise> {
    if step == 0 {
        return Err(Raise::value("slice step cannot be zero"));
    }
    if step == 1 {
        let clamp = |v: i64| if v < 0 { (v + extent).max(0) } else { v.min(extent) };
        let start = start.map_or(0, clamp);
        let stop = stop.map_or(extent, clamp);
        return Ok((start, (stop - start).max(0)));
    }
    let (low, high) = if step > 0 { (0, extent) } else { (-1, extent - 1) };
    let clamp = |bound: Option<i64>, missing: i64| match bound {
        None => missing,
        Some(v) if v < 0 => (v + extent).max(low),
        Some(v) => v.min(high),
    };
    let (first, last) = if step > 0 { (0, extent) } else { (extent - 1, -1) };
    let start = clamp(start, first);
    let stop = clamp(stop, last);
    let len = if step > 0 {
        if stop > start { (stop - start - 1) / step + 1 } else { 0 }
    } else if start > stop {
        // `unsigned_abs`: the step may be the least i64.
        ((start - stop - 1) as u64 / step.unsigned_abs()) as i64 + 1
    } else {
        0
    };
    Ok((start, len))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_view(array: *mut ArrayHeader, spec: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array and four slots per item.
    let (array, spec) = unsafe { (Array::borrow(array), slots(spec)) };
    guard(|| view(array, spec).map(OwnedArray::into_raw))
}

/// The view that items of four words each describe (see `LaunchSite` and codegen's `view`).
#[inline]
pub fn view(array: &Array, spec: &[i64]) -> Result<OwnedArray, Raise> {
    let mut offset = array.offset();
    let mut shape = [0; MAX_NDIM];
    let mut strides = [0; MAX_NDIM];
    let mut n = 0;
    let mut axis = 0;
    let mut push = |extent, stride| -> Result<(), Raise> {
        if n == MAX_NDIM {
            return Err(Raise::index(format!("too many dimensions: more than {MAX_NDIM}")));
        }
        shape[n] = extent;
        strides[n] = stride;
        n += 1;
        Ok(())
    };
    for item in spec.chunks_exact(4) {
        let kind = item[0];
        if kind == 2 {
            push(1, 0)?;
            continue;
        }
        let (extent, stride) = (array.shape()[axis], array.strides()[axis]);
        match kind {
            0 => push(extent, stride)?,
            1 => offset += position(item[1], axis, extent)? * stride,
            flags => {
                let start = (flags & 1 != 0).then_some(item[1]);
                let stop = (flags & 2 != 0).then_some(item[2]);
                let (first, len) = slice_range(extent, start, stop, item[3])?;
                // An empty view must not point outside of its buffer.
                if len > 0 {
                    offset += first * stride;
                }
                push(len, if len > 1 { stride * item[3] } else { stride })?;
            }
        }
        axis += 1;
    }
    for d in axis..array.ndim() {
        push(array.shape()[d], array.strides()[d])?;
    }
    Ok(array.view_dims(offset, n, &shape, &strides))
}

/// The positions that index slots name, as a byte offset from the base's element 0.
#[inline]
pub fn element_offset(array: &Array, index: &[i64]) -> Result<i64, Raise> {
    let mut offset = array.offset();
    for (axis, &i) in index.iter().enumerate() {
        offset += position(i, axis, array.shape()[axis])? * array.strides()[axis];
    }
    Ok(offset)
}

/// Base indices of the element at a byte offset.
pub fn base_index(offset: i64, base: &Dims, size: usize) -> Dims {
    let mut rest = offset / size as i64;
    let mut index = *base;
    for d in (0..base.n()).rev() {
        index[d] = rest % base[d];
        rest /= base[d];
    }
    index
}

#[cfg(test)]
mod tests {
    use super::slice_range;

    #[test]
    fn slices_are_pythons() {
        let r = |n, a, b, s| slice_range(n, a, b, s).unwrap();
        assert_eq!(r(5, None, None, 1), (0, 5));
        assert_eq!(r(5, Some(1), Some(-1), 1), (1, 3));
        assert_eq!(r(5, None, None, -1), (4, 5));
        assert_eq!(r(5, Some(-100), Some(100), 2), (0, 3));
        assert_eq!(r(5, Some(3), Some(0), -2), (3, 2));
        assert_eq!(r(5, Some(4), Some(1), 1).1, 0);
        assert_eq!(r(0, None, None, -1).1, 0);
        assert_eq!(r(5, Some(100), None, -1), (4, 5));
        assert_eq!(r(3, None, None, i64::MIN), (2, 1));
    }
}
