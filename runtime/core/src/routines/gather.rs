//! Indexing with arrays: `take`, boolean masks, index arrays.

use crate::array::index::{out_of_bounds, position};
use crate::array::layout::{Dims, shape_text_tight};
use crate::array::view::check_axis;
use crate::array::{Array, LocalView, OwnedArray, slots};
use crate::error::{Raise, guard};
use crate::launch::copy::assign;
use lnp_abi::{ArrayHeader, DType, MAX_NDIM};
use std::borrow::Cow;

/// The integers of an index array, in C order.
fn indices(array: &Array) -> Result<Vec<i64>, Raise> {
    let view = array.replicated()?;
    let bytes = view.c_bytes();
    Ok(match array.dtype() {
        DType::I32 => bytes
            .chunks_exact(4)
            .map(|b| i64::from(i32::from_ne_bytes([b[0], b[1], b[2], b[3]])))
            .collect(),
        DType::Bool => bytes.iter().map(|&b| i64::from(b)).collect(),
        _ => bytes
            .chunks_exact(8)
            .map(|b| i64::from_ne_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]))
            .collect(),
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_take(
    array: *mut ArrayHeader,
    axis: i64,
    index: *mut ArrayHeader,
    order: i64,
) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays.
    let (array, index) = unsafe { (Array::borrow(array), Array::borrow(index)) };
    guard(|| {
        let axis = check_axis(axis, array.ndim())?;
        let taken = take(array, axis, index)?;
        if order == 0 || axis == 0 {
            return Ok(taken.into_raw());
        }
        let at = axis..axis + index.ndim();
        let axes = at.clone().chain((0..taken.ndim()).filter(|d| !at.contains(d)));
        let axes: Vec<u8> = axes.map(|d| d as u8).collect();
        let out = Array::alloc_ordered(taken.dtype(), taken.shape(), &axes)?;
        assign(&out, &taken)?;
        Ok(out.into_raw())
    })
}

/// `a[:, …, index, …]`: the index's axes replace `axis`.
pub fn take(array: &Array, axis: usize, index: &Array) -> Result<OwnedArray, Raise> {
    let extent = array.shape()[axis];
    let at = indices(index)?
        .into_iter()
        .map(|i| Ok(position(i, axis, extent)? as usize))
        .collect::<Result<Vec<usize>, Raise>>()?;
    let shape = [&array.shape()[..axis], index.shape(), &array.shape()[axis + 1..]].concat();
    if shape.len() > MAX_NDIM {
        return Err(Raise::index("too many dimensions"));
    }
    let view = array.replicated()?;
    let data = view.c_bytes();
    let size = array.dtype().size();
    let inner = array.shape()[axis + 1..].iter().product::<i64>() as usize * size;
    let row = extent as usize * inner;
    Array::from_replicated(array.dtype(), &shape, |out| {
        let part = at.len() * inner;
        if part == 0 {
            return;
        }
        for (outer, out) in out.chunks_exact_mut(part).enumerate() {
            gather_bytes(&at, inner, &data[outer * row..(outer + 1) * row], out);
        }
    })
}

/// Flat positions over the leading axes of an array, in order.
trait Positions {
    fn len(&self) -> usize;
    fn for_each(&self, visit: impl FnMut(usize));
}

impl Positions for Vec<usize> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    #[inline]
    fn for_each(&self, visit: impl FnMut(usize)) {
        self.iter().copied().for_each(visit);
    }
}

/// What a mask selects of the axes that it covers.
struct Selection<'a> {
    mask: Cow<'a, [u8]>,
    len: usize,
}

impl<'a> Selection<'a> {
    fn of(mask: Cow<'a, [u8]>) -> Selection<'a> {
        // In pieces whose counts fit a byte, so that they are counted in lanes.
        let count = |piece: &[u8]| piece.iter().map(|b| u8::from(*b != 0)).sum::<u8>();
        let len = mask.chunks(255).map(|piece| usize::from(count(piece))).sum();
        Selection { mask, len }
    }
}

impl Positions for Selection<'_> {
    fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn for_each(&self, mut visit: impl FnMut(usize)) {
        let words = self.mask.chunks_exact(8);
        let rest = words.remainder();
        let done = self.mask.len() - rest.len();
        for (w, bytes) in words.enumerate() {
            let bytes = std::array::from_fn(|i| u8::from(bytes[i] != 0));
            let mut set = u64::from_le_bytes(bytes);
            while set != 0 {
                visit(8 * w + set.trailing_zeros() as usize / 8);
                set &= set - 1;
            }
        }
        for (i, _) in rest.iter().enumerate().filter(|(_, b)| **b != 0) {
            visit(done + i);
        }
    }
}

/// A mask's selection, or NumPy's error where it does not fit the leading axes.
fn selected<'a>(array: &Array, mask: &Array, view: &'a LocalView) -> Result<Selection<'a>, Raise> {
    for d in 0..mask.ndim() {
        let (have, want) = (mask.shape()[d], array.shape()[d]);
        if have != want {
            return Err(Raise::index(format!(
                "boolean index did not match indexed array along axis {d}; size of axis is {want} \
                 but size of corresponding boolean axis is {have}"
            )));
        }
    }
    Ok(Selection::of(view.c_bytes()))
}

/// Rows of `data` at the positions, one after the other.
fn gather_bytes(at: &impl Positions, row: usize, data: &[u8], out: &mut [u8]) {
    fn elements<const N: usize>(at: &impl Positions, data: &[u8], out: &mut [u8]) {
        let data = data.as_chunks::<N>().0;
        let mut out = out.as_chunks_mut::<N>().0.iter_mut();
        at.for_each(|i| {
            if let Some(out) = out.next() {
                *out = data[i];
            }
        });
    }
    match row {
        1 => elements::<1>(at, data, out),
        4 => elements::<4>(at, data, out),
        8 => elements::<8>(at, data, out),
        16 => elements::<16>(at, data, out),
        _ => {
            let mut out = out.chunks_exact_mut(row);
            at.for_each(|i| {
                if let Some(out) = out.next() {
                    out.copy_from_slice(&data[i * row..(i + 1) * row]);
                }
            });
        }
    }
}

/// The rows of `values`, in turn and again from the first, to the positions.
fn scatter_bytes(at: &impl Positions, row: usize, values: &[u8], data: &mut [u8]) {
    fn elements<const N: usize>(at: &impl Positions, values: &[u8], data: &mut [u8]) {
        let data = data.as_chunks_mut::<N>().0;
        match values.as_chunks::<N>().0 {
            [value] => at.for_each(|i| data[i] = *value),
            values => {
                let mut values = values.iter();
                at.for_each(|i| {
                    if let Some(value) = values.next() {
                        data[i] = *value;
                    }
                });
            }
        }
    }
    match row {
        1 => elements::<1>(at, values, data),
        4 => elements::<4>(at, values, data),
        8 => elements::<8>(at, values, data),
        16 => elements::<16>(at, values, data),
        _ => {
            let mut values = values.chunks_exact(row).cycle();
            at.for_each(|i| {
                if let Some(value) = values.next() {
                    data[i * row..(i + 1) * row].copy_from_slice(value);
                }
            });
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_mask_get(array: *mut ArrayHeader, mask: *mut ArrayHeader) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays; the mask has no more axes than the array.
    let (array, mask) = unsafe { (Array::borrow(array), Array::borrow(mask)) };
    guard(|| {
        let view = mask.replicated()?;
        let at = selected(array, mask, &view)?;
        let rest = &array.shape()[mask.ndim()..];
        let shape = [&[Positions::len(&at) as i64], rest].concat();
        gather_rows(array, mask.ndim(), &at, &shape).map(OwnedArray::into_raw)
    })
}

/// The sub-arrays at flat positions over the first `lead` axes.
fn gather_rows(array: &Array, lead: usize, at: &impl Positions, shape: &[i64]) -> Result<OwnedArray, Raise> {
    let view = array.replicated()?;
    let data = view.c_bytes();
    let row = array.shape()[lead..].iter().product::<i64>() as usize * array.dtype().size();
    Array::from_replicated(array.dtype(), shape, |out| {
        if row > 0 {
            gather_bytes(at, row, &data, out);
        }
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_mask_set(array: *mut ArrayHeader, mask: *mut ArrayHeader, value: *mut ArrayHeader) {
    // SAFETY: compiled code passes live arrays; the value has the array's dtype.
    let (array, mask, value) = unsafe { (Array::borrow(array), Array::borrow(mask), Array::borrow(value)) };
    guard(|| {
        let view = mask.replicated()?;
        let mut at = selected(array, mask, &view)?;
        if is_pinned(array) {
            at.mask = Cow::Owned(at.mask.into_owned());
        }
        let rest = &array.shape()[mask.ndim()..];
        let shape = [&[Positions::len(&at) as i64], rest].concat();
        if rest.is_empty() && value.ndim() > 1 {
            return Err(Raise::value(format!(
                "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {} dimensions",
                value.ndim()
            )));
        }
        if rest.is_empty() && value.ndim() == 1 && value.len() != 1 && value.len() != at.len() {
            return Err(Raise::value(format!(
                "NumPy boolean array indexing assignment cannot assign {} input values to the {} output values where the mask is true",
                value.len(),
                at.len()
            )));
        }
        scatter_rows(array, mask.ndim(), &at, &shape, value)
    });
}

/// Whether an array stays in its memory when it is written, though others read there.
fn is_pinned(array: &Array) -> bool {
    array.buffer().storage().pins > 0
}

/// Stores `value`, broadcast to `shape`, at flat positions over the first `lead` axes.
fn scatter_rows(array: &Array, lead: usize, at: &impl Positions, shape: &[i64], value: &Array) -> Result<(), Raise> {
    let size = array.dtype().size();
    let row = array.shape()[lead..].iter().product::<i64>() as usize * size;
    // One element for all needs no more room than it has.
    let value = match value.len() == 1 && row == size {
        true => value.replicated()?,
        false => broadcast_value(value, shape)?,
    };
    if at.len() == 0 || value.len() == 0 {
        return Ok(());
    }
    let values = match is_pinned(array) {
        true => Cow::Owned(value.c_bytes().into_owned()),
        false => value.c_bytes(),
    };
    // In place where the array is whole and contiguous here, else through a copy.
    if !array.is_blocked() && array.is_contiguous() {
        array.prepare_write()?;
        // SAFETY: contiguous elements of storage that `prepare_write` made the array's own: what
        // is read was copied, or holds the storage that the array has left.
        let data = unsafe { std::slice::from_raw_parts_mut(array.ptr(), array.len() * size) };
        scatter_bytes(at, row, &values, data);
        return Ok(());
    }
    let mut data = array.c_bytes()?;
    scatter_bytes(at, row, &values, &mut data);
    let whole = Array::from_replicated(array.dtype(), array.shape(), |out| out.copy_from_slice(&data))?;
    assign(array, &whole)
}

/// The value's elements over the shape of what is assigned to, or NumPy's error.
fn broadcast_value(value: &Array, shape: &[i64]) -> Result<LocalView, Raise> {
    let extra = value.ndim().saturating_sub(shape.len());
    let fits = value.shape()[..extra].iter().all(|&n| n == 1)
        && value.shape()[extra..]
            .iter()
            .rev()
            .zip(shape.iter().rev())
            .all(|(&have, &want)| have == want || have == 1);
    if !fits {
        return Err(Raise::value(format!(
            "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
            shape_text_tight(value.shape()),
            shape_text_tight(shape)
        )));
    }
    let strides = crate::launch::domain::strides_over(value, shape);
    value.view(value.offset(), shape, &strides[..shape.len()]).replicated()
}

/// Flat positions over the leading axes that index arrays of one broadcast shape name.
fn positions(array: &Array, index: &[&Array]) -> Result<(Vec<usize>, Dims), Raise> {
    let mut shape = Dims::EMPTY;
    for i in index {
        for d in 1..=i.ndim() {
            if d > shape.n() {
                shape.insert(0, 1);
            }
            let k = shape.n() - d;
            let n = i.shape()[i.ndim() - d];
            if shape[k] == 1 {
                shape[k] = n;
            } else if n != 1 && n != shape[k] {
                let shapes: String = index.iter().map(|i| shape_text_tight(i.shape()) + " ").collect();
                return Err(Raise::index(format!(
                    "shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}"
                )));
            }
        }
    }
    let mut at = vec![0usize; shape.len()];
    for (axis, i) in index.iter().enumerate() {
        let strides = crate::launch::domain::strides_over(i, &shape);
        let wide = i.view(i.offset(), &shape, &strides[..shape.n()]);
        let extent = array.shape()[axis];
        for (flat, i) in at.iter_mut().zip(indices(&wide)?) {
            let i = if i < 0 { i + extent } else { i };
            if i < 0 || i >= extent {
                return Err(out_of_bounds(if i < 0 { i - extent } else { i }, axis, extent));
            }
            *flat = *flat * extent as usize + i as usize;
        }
    }
    Ok((at, shape))
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_gather_get(array: *mut ArrayHeader, index: *const u64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes live arrays, no more index arrays than axes.
    let (array, index) = unsafe { (Array::borrow(array), index_arrays(index)) };
    guard(|| {
        let (at, shape) = positions(array, &index)?;
        let shape = [&*shape, &array.shape()[index.len()..]].concat();
        gather_rows(array, index.len(), &at, &shape).map(OwnedArray::into_raw)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_gather_set(array: *mut ArrayHeader, index: *const u64, value: *mut ArrayHeader) {
    // SAFETY: compiled code passes live arrays, no more index arrays than axes.
    let (array, index, value) = unsafe { (Array::borrow(array), index_arrays(index), Array::borrow(value)) };
    guard(|| {
        let (at, shape) = positions(array, &index)?;
        let shape = [&*shape, &array.shape()[index.len()..]].concat();
        scatter_rows(array, index.len(), &at, &shape, value)
    });
}

/// # Safety
/// The slots hold live arrays.
unsafe fn index_arrays<'a>(index: *const u64) -> Vec<&'a Array> {
    // SAFETY: the caller's promise.
    unsafe {
        slots(index)
            .iter()
            .map(|&p| Array::borrow(p as *const ArrayHeader))
            .collect()
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn lnp_nonzero_axis(array: *mut ArrayHeader, axis: i64) -> *mut ArrayHeader {
    // SAFETY: compiled code passes a live array.
    let array = unsafe { Array::borrow(array) };
    guard(|| {
        let axis = check_axis(axis, array.ndim())?;
        let view = array.replicated()?;
        let bytes = view.c_bytes();
        let dtype = array.dtype();
        let size = dtype.size();
        let inner = array.shape()[axis + 1..].iter().product::<i64>().max(1);
        let extent = array.shape()[axis].max(1);
        let float = |b: &[u8]| match b.len() {
            4 => f32::from_ne_bytes([b[0], b[1], b[2], b[3]]) != 0.0,
            _ => f64::from_ne_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]) != 0.0,
        };
        let is_set = |b: &[u8]| match dtype {
            DType::F32 | DType::F64 => float(b),
            DType::C128 => float(&b[..8]) || float(&b[8..]),
            _ => b.iter().any(|&b| b != 0),
        };
        let mut found: Vec<i64> = Vec::new();
        match dtype {
            DType::Bool => {
                let selection = Selection::of(bytes);
                found.reserve_exact(selection.len);
                selection.for_each(|i| found.push(i as i64));
            }
            _ => {
                let elements = bytes.chunks_exact(size).enumerate();
                found.extend(elements.filter(|(_, b)| is_set(b)).map(|(i, _)| i as i64));
            }
        }
        if array.ndim() > 1 {
            found.iter_mut().for_each(|i| *i = *i / inner % extent);
        }
        let result = Array::from_replicated(DType::I64, &[found.len() as i64], |out| {
            crate::array::fill(out, |i| found[i as usize]);
        })?;
        Ok(result.into_raw())
    })
}
