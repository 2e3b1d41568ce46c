//! Views of other shapes: transpose, broadcast_to, squeeze, reshape, ravel, diagonal, copies.

use super::buffer::Buffer;
use super::layout::{Dims, c_strides, shape_text_tight};
use super::{Array, OwnedArray, slots};
use crate::error::{ExceptionKind, Raise, guard};
use crate::launch::copy::{Order, materialize};
use lnp_abi::{ArrayHeader, MAX_NDIM};

/// Copies of at most this many bytes are made at once: bookkeeping would cost more.
const EAGER_COPY: usize = 2048;

#[cold]
fn axis_error(axis: i64, ndim: usize) -> Raise {
    Raise::new(
        ExceptionKind::AxisError,
        format!("axis {axis} is out of bounds for array of dimension {ndim}"),
    )
}

/// A non-negative axis, or NumPy's AxisError.
pub fn check_axis(axis: i64, ndim: usize) -> Result<usize, Raise> {
    let at = if axis < 0 { axis + ndim as i64 } else { axis };
    if (0..ndim as i64).contains(&at) {
        Ok(at as usize)
    } else {
        Err(axis_error(axis, ndim))
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_transpose(array: *mut ArrayHeader, axes: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array and its axes.
    let (array, axes) = unsafe { (Array::borrow(array), slots(axes)) };
    guard(|| {
        let n = array.ndim();
        if axes.is_empty() && n > 0 {
            let shape: Vec<i64> = array.shape().iter().rev().copied().collect();
            let strides: Vec<i64> = array.strides().iter().rev().copied().collect();
            return Ok(array.view(array.offset(), &shape, &strides).into_raw());
        }
        if axes.len() != n {
            return Err(Raise::value("axes don't match array"));
        }
        let mut shape = Dims::EMPTY;
        let mut strides = Dims::EMPTY;
        let mut seen = [false; MAX_NDIM];
        for &axis in axes {
            let axis = check_axis(axis, n)?;
            if std::mem::replace(&mut seen[axis], true) {
                return Err(Raise::value("repeated axis in transpose"));
            }
            shape.push(array.shape()[axis]);
            strides.push(array.strides()[axis]);
        }
        Ok(array.view(array.offset(), &shape, &strides).into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_broadcast_to(array: *mut ArrayHeader, shape: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array and extents.
    let (array, shape) = unsafe { (Array::borrow(array), slots(shape)) };
    guard(|| broadcast_to(array, shape).map(OwnedArray::into_raw))
}

fn broadcast_to(array: &Array, shape: &[i64]) -> Result<OwnedArray, Raise> {
    if shape.iter().any(|&n| n < 0) {
        return Err(Raise::value("all elements of broadcast shape must be non-negative"));
    }
    let Some(lead) = shape.len().checked_sub(array.ndim()) else {
        return Err(Raise::value(
            "input operand has more dimensions than allowed by the axis remapping",
        ));
    };
    let mut strides = Dims::filled(shape.len(), 0);
    for d in 0..array.ndim() {
        let (have, want) = (array.shape()[d], shape[lead + d]);
        if have == want {
            strides[lead + d] = array.strides()[d];
        } else if have != 1 {
            return Err(Raise::value(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {}  and requested shape {}",
                shape_text_tight(array.shape()),
                shape_text_tight(shape),
            )));
        }
    }
    Ok(array.view(array.offset(), shape, &strides))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_squeeze(array: *mut ArrayHeader, mask: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let mut shape = Dims::EMPTY;
        let mut strides = Dims::EMPTY;
        for d in 0..array.ndim() {
            if mask >> d & 1 == 0 {
                shape.push(array.shape()[d]);
                strides.push(array.strides()[d]);
            } else if array.shape()[d] != 1 {
                return Err(Raise::value(
                    "cannot select an axis to squeeze out which has size not equal to one",
                ));
            }
        }
        Ok(array.view(array.offset(), &shape, &strides).into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_diagonal(array: *mut ArrayHeader, k: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let n = array.ndim();
        if n < 2 {
            return Err(Raise::value("diag requires an array of at least two dimensions"));
        }
        let (rows, cols) = (array.shape()[0], array.shape()[1]);
        let (s0, s1) = (array.strides()[0], array.strides()[1]);
        let (len, start) = if k >= 0 {
            (rows.min(cols.saturating_sub(k)), k.saturating_mul(s1))
        } else {
            (cols.min(rows.saturating_add(k)), k.saturating_neg().saturating_mul(s0))
        };
        let len = len.max(0);
        let mut shape = Dims::new(&array.shape()[2..]);
        let mut strides = Dims::new(&array.strides()[2..]);
        shape.push(len);
        strides.push(s0 + s1);
        let offset = array.offset() + if len > 0 { start } else { 0 };
        Ok(array.view(offset, &shape, &strides).into_raw())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_reshape(array: *mut ArrayHeader, shape: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array and extents.
    let (array, shape) = unsafe { (Array::borrow(array), slots(shape)) };
    guard(|| {
        let shape = resolve_shape(array, shape)?;
        reshape(array, &shape).map(OwnedArray::into_raw)
    })
}

/// Replaces the extent -1; checks the number of elements.
fn resolve_shape(array: &Array, shape: &[i64]) -> Result<Dims, Raise> {
    let mut known: i64 = 1;
    let mut unknown = None;
    for (d, &n) in shape.iter().enumerate() {
        if n < 0 {
            if unknown.replace(d).is_some() {
                return Err(Raise::value("can only specify one unknown dimension"));
            }
        } else {
            known = known.saturating_mul(n);
        }
    }
    let len = array.len() as i64;
    let fail = || {
        let items: Vec<String> = shape
            .iter()
            .map(|&n| if n < 0 { "newaxis".to_owned() } else { n.to_string() })
            .collect();
        // NumPy writes `(0)` for an unknown first extent, which it leaves out at the front.
        let items = &items[shape.iter().take_while(|&&n| n < 0).count()..];
        let comma = if shape.len() == 1 { "," } else { "" };
        Raise::value(format!(
            "cannot reshape array of size {len} into shape ({}{comma})",
            items.join(",")
        ))
    };
    let mut out = Dims::new(shape);
    match unknown {
        Some(_) if known == 0 || len % known != 0 => Err(fail()),
        Some(d) => {
            out[d] = len / known;
            Ok(out)
        }
        None if known != len => Err(fail()),
        None => Ok(out),
    }
}

/// The array with another shape of as many elements: a view where strides can say it.
pub fn reshape(array: &Array, shape: &[i64]) -> Result<OwnedArray, Raise> {
    let size = array.dtype().size();
    if array.is_contiguous() {
        return Ok(array.view(array.offset(), shape, &c_strides(shape, size)));
    }
    if let Some(strides) = reshape_strides(array, shape) {
        return Ok(array.view(array.offset(), shape, &strides));
    }
    let copy = materialize(array, Order::C)?;
    Ok(copy.view(0, shape, &c_strides(shape, size)))
}

/// Strides of the reshaped view, if there is one (NumPy's `_attempt_nocopy_reshape`).
fn reshape_strides(array: &Array, shape: &[i64]) -> Option<Dims> {
    let mut old_shape = Dims::EMPTY;
    let mut old_strides = Dims::EMPTY;
    for d in 0..array.ndim() {
        if array.shape()[d] != 1 {
            old_shape.push(array.shape()[d]);
            old_strides.push(array.strides()[d]);
        }
    }
    if old_shape.is_empty() || shape.contains(&0) {
        return Some(c_strides(shape, array.dtype().size()));
    }
    let mut strides = Dims::filled(shape.len(), 0);
    let (mut oi, mut ni) = (0, 0);
    while ni < shape.len() && oi < old_shape.n() {
        let (mut oj, mut nj) = (oi + 1, ni + 1);
        let (mut np, mut op) = (shape[ni], old_shape[oi]);
        while np != op {
            if np < op {
                np *= shape[nj];
                nj += 1;
            } else {
                op *= old_shape[oj];
                oj += 1;
            }
        }
        for k in oi..oj - 1 {
            if old_strides[k] != old_shape[k + 1] * old_strides[k + 1] {
                return None;
            }
        }
        strides[nj - 1] = old_strides[oj - 1];
        for k in (ni + 1..nj).rev() {
            strides[k - 1] = strides[k] * shape[k];
        }
        (oi, ni) = (oj, nj);
    }
    let last = if ni > 0 {
        strides[ni - 1]
    } else {
        array.dtype().size() as i64
    };
    for k in ni..shape.len() {
        strides[k] = last;
    }
    Some(strides)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_ravel(array: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let len = array.len() as i64;
        if array.is_contiguous() {
            return Ok(array
                .view(array.offset(), &[len], &[array.dtype().size() as i64])
                .into_raw());
        }
        reshape(&*materialize(array, Order::C)?, &[len]).map(OwnedArray::into_raw)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_flatten(array: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let copy = copy(array, Order::C)?;
        reshape(&copy, &[array.len() as i64]).map(OwnedArray::into_raw)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_copy(array: *mut ArrayHeader, order: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| copy(array, if order == 0 { Order::C } else { Order::K }).map(OwnedArray::into_raw))
}

/// A copy that shares the storage until one side is written, where that is possible.
pub fn copy(array: &Array, order: Order) -> Result<OwnedArray, Raise> {
    let buffer = array.buffer();
    let bytes = buffer.bytes();
    let covers =
        array.len() == buffer.base.len() && (array.is_contiguous() || (order == Order::K && is_permuted(array)));
    if !covers || buffer.storage().pins > 0 || bytes <= EAGER_COPY && !array.is_blocked() {
        return materialize(array, order);
    }
    buffer.storage().users += 1;
    let twin = Buffer::new(buffer.dtype, buffer.base, buffer.storage, buffer.part.clone());
    Ok(Array::wrap(twin, array.offset(), array.shape(), array.strides()))
}

/// Whether the array is its whole base with the axes in another order.
fn is_permuted(array: &Array) -> bool {
    let mut axes: Vec<usize> = (0..array.ndim()).filter(|&d| array.shape()[d] != 1).collect();
    axes.sort_by_key(|&d| std::cmp::Reverse(array.strides()[d]));
    let mut step = array.dtype().size() as i64;
    array.offset() == 0
        && axes.iter().rev().all(|&d| {
            let fits = array.strides()[d] == step;
            step *= array.shape()[d];
            fits
        })
}
