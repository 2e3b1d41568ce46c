//! `argmin` and `argmax`: the first NaN, else the first extreme.

use super::element::{Complex, Element, StridedRef};
use super::extreme::{self, Ranked};
use crate::text::TextError;
use lnp_abi::DType;

/// `argmax` (`max`) or `argmin` over all of `src`: an index in C order.
///
/// Errors: `ValueError` where there is no element.
pub fn arg_extreme(max: bool, src: &StridedRef) -> Result<usize, TextError> {
    if src.n_elements() == 0 {
        let name = if max { "argmax" } else { "argmin" };
        return Err(TextError::value(format!("attempt to get {name} of an empty sequence")));
    }
    Ok(match src.dtype {
        DType::Bool => first_extreme::<u8>(max, src),
        DType::I32 => first_extreme::<i32>(max, src),
        DType::I64 => first_extreme::<i64>(max, src),
        DType::F32 => first_extreme::<f32>(max, src),
        DType::F64 => first_extreme::<f64>(max, src),
        DType::C128 => first_extreme::<Complex>(max, src),
    })
}

/// `argmax(axis)` or `argmin(axis)`; `out` holds the kept axes in C order.
pub fn arg_extreme_axis(max: bool, src: &StridedRef, axis: usize, out: &mut [i64]) -> Result<(), TextError> {
    if src.shape[axis] == 0 && !out.is_empty() {
        let name = if max { "argmax" } else { "argmin" };
        return Err(TextError::value(format!("attempt to get {name} of an empty sequence")));
    }
    if axis + 1 < src.shape.len() && !out.is_empty() {
        let done = match src.dtype {
            DType::Bool => by_rows::<u8>(max, src, axis, out),
            DType::I32 => by_rows::<i32>(max, src, axis, out),
            DType::I64 => by_rows::<i64>(max, src, axis, out),
            DType::F32 => by_rows::<f32>(max, src, axis, out),
            DType::F64 => by_rows::<f64>(max, src, axis, out),
            DType::C128 => false,
        };
        if done {
            return Ok(());
        }
    }
    let without = |axis: usize| (0..src.shape.len()).filter(move |&a| a != axis);
    let shape: Vec<usize> = without(axis).map(|a| src.shape[a]).collect();
    let strides: Vec<isize> = without(axis).map(|a| src.strides[a]).collect();
    let starts = StridedRef {
        shape: &shape,
        strides: &strides,
        ..*src
    };
    for (start, idx) in starts.offsets().zip(out) {
        let offset = src.offset.wrapping_add_signed(start);
        let line = StridedRef {
            offset,
            shape: &src.shape[axis..=axis],
            strides: &src.strides[axis..=axis],
            ..*src
        };
        *idx = arg_extreme(max, &line)? as i64;
    }
    Ok(())
}

/// All lines along an axis that is not the last one, row by row; false where the elements do not
/// lie together in C order.
fn by_rows<T: Element + Ranked>(max: bool, src: &StridedRef, axis: usize, out: &mut [i64]) -> bool {
    let Some(run) = src.run::<T>() else { return false };
    let columns: usize = src.shape[axis + 1..].iter().product();
    let blocks = run.chunks_exact(src.shape[axis] * columns);
    for (block, out) in blocks.zip(out.chunks_exact_mut(columns)) {
        extreme::first_extremes(max, block, out);
    }
    true
}

fn first_extreme<T: Element + Ranked>(max: bool, src: &StridedRef) -> usize {
    if let Some(run) = src.run::<T>() {
        return extreme::first_extreme(max, run);
    }
    let mut best: Option<(usize, T)> = None;
    for (idx, at) in src.offsets().enumerate() {
        let x: T = src.load(at);
        if Ranked::is_nan(x) {
            return idx;
        }
        let better = best.is_none_or(|(_, found)| if max { found.below(x) } else { x.below(found) });
        if better {
            best = Some((idx, x));
        }
    }
    best.map_or(0, |(idx, _)| idx)
}
