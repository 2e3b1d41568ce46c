//! Shapes, strides and what follows from them. Extents are elements, strides bytes.

use lnp_abi::MAX_NDIM;
use std::ops::{Deref, DerefMut};

/// A short list of extents, strides or indices.
#[derive(Clone, Copy)]
pub struct Dims {
    n: u8,
    v: [i64; MAX_NDIM],
}

impl Dims {
    pub const EMPTY: Dims = Dims { n: 0, v: [0; MAX_NDIM] };

    /// Shapes: at most `MAX_NDIM` entries.
    #[inline]
    pub fn new(values: &[i64]) -> Dims {
        assert!(values.len() <= MAX_NDIM);
        // Entry by entry: so few that a call of memcpy would cost more.
        let v = std::array::from_fn(|i| if i < values.len() { values[i] } else { 0 });
        Dims {
            n: values.len() as u8,
            v,
        }
    }

    #[inline]
    pub fn filled(n: usize, value: i64) -> Dims {
        let v = std::array::from_fn(|i| if i < n { value } else { 0 });
        Dims { n: n as u8, v }
    }

    /// Number of dimensions. (`len` counts elements.)
    #[inline]
    pub fn n(&self) -> usize {
        self.n as usize
    }

    /// Elements of an array of this shape.
    #[inline]
    pub fn len(&self) -> usize {
        self.iter().product::<i64>() as usize
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.contains(&0)
    }

    #[inline]
    pub fn push(&mut self, value: i64) {
        self.v[self.n as usize] = value;
        self.n += 1;
    }

    pub fn insert(&mut self, at: usize, value: i64) {
        self.push(value);
        self[at..].rotate_right(1);
    }

    pub fn remove(&mut self, at: usize) -> i64 {
        let value = self[at];
        self[at..].rotate_left(1);
        self.n -= 1;
        value
    }
}

impl Deref for Dims {
    type Target = [i64];

    #[inline]
    fn deref(&self) -> &[i64] {
        &self.v[..self.n as usize]
    }
}

impl DerefMut for Dims {
    #[inline]
    fn deref_mut(&mut self) -> &mut [i64] {
        &mut self.v[..self.n as usize]
    }
}

impl PartialEq for Dims {
    fn eq(&self, other: &Dims) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for Dims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

/// Strides of a C-order array.
#[inline]
pub fn c_strides(shape: &[i64], size: usize) -> Dims {
    let mut strides = Dims::filled(shape.len(), 0);
    let mut step = size as i64;
    for d in (0..shape.len()).rev() {
        strides[d] = step;
        step *= shape[d];
    }
    strides
}

/// Whether the elements lie as in a fresh C-order array.
#[inline]
pub fn is_c_contiguous(shape: &[i64], strides: &[i64], size: usize) -> bool {
    let mut step = size as i64;
    for d in (0..shape.len()).rev() {
        if shape[d] != 1 {
            if shape[d] == 0 {
                return true;
            }
            if strides[d] != step {
                return false;
            }
        }
        step *= shape[d];
    }
    true
}

/// The shape as Python writes a tuple: `(2, 3)`, `(2,)`, `()`.
pub fn shape_text(shape: &[i64]) -> String {
    tuple(shape, ", ")
}

/// The shape as NumPy's broadcasting errors write it: `(2,3)`, `(2,)`, `()`.
pub fn shape_text_tight(shape: &[i64]) -> String {
    tuple(shape, ",")
}

fn tuple(shape: &[i64], separator: &str) -> String {
    let items: Vec<String> = shape.iter().map(i64::to_string).collect();
    let comma = if shape.len() == 1 { "," } else { "" };
    format!("({}{comma})", items.join(separator))
}

/// Order of the axes of a fresh result, outermost first: NumPy's `order='K'`.
///
/// `strides[k]` are operand k's byte strides over the domain (0 where broadcast). Follows
/// `npyiter_find_best_axis_ordering`: a stable insertion sort by size of stride, in which C
/// order wins wherever operands disagree.
pub fn k_order<'a>(ndim: usize, operands: impl Iterator<Item = &'a [i64]> + Clone) -> [u8; MAX_NDIM] {
    // `inner_first[i]`: the axis at position i, smallest stride first; starts as C order.
    let mut inner_first = [0u8; MAX_NDIM];
    for (i, axis) in inner_first.iter_mut().enumerate().take(ndim) {
        *axis = (ndim - 1 - i) as u8;
    }
    for i0 in 1..ndim {
        let mut insert_at = i0;
        let axis0 = inner_first[i0] as usize;
        for i1 in (0..i0).rev() {
            let axis1 = inner_first[i1] as usize;
            let mut ambiguous = true;
            let mut swap = false;
            for strides in operands.clone() {
                if strides[axis0] != 0 && strides[axis1] != 0 {
                    if strides[axis1].abs() <= strides[axis0].abs() {
                        swap = false;
                    } else if ambiguous {
                        swap = true;
                    }
                    ambiguous = false;
                }
            }
            if !ambiguous {
                if swap {
                    insert_at = i1;
                } else {
                    break;
                }
            }
        }
        inner_first[insert_at..=i0].rotate_right(1);
    }
    inner_first[..ndim].reverse();
    inner_first
}

/// Order of the axes of an array made like another, outermost first: by the size of their
/// strides, C order among equals.
///
/// Source: `PyArray_CreateSortedStridePerm`, for `order='K'`.
pub fn like_order(strides: &[i64]) -> [u8; MAX_NDIM] {
    let mut order: [u8; MAX_NDIM] = std::array::from_fn(|i| i as u8);
    order[..strides.len()].sort_by_key(|&axis| std::cmp::Reverse(strides[axis as usize].abs()));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k_order_keeps_layouts_and_prefers_c() {
        let order = |ops: &[&[i64]], n: usize| k_order(n, ops.iter().copied())[..n].to_vec();
        assert_eq!(order(&[&[24, 8]], 2), [0, 1]);
        assert_eq!(order(&[&[8, 24]], 2), [1, 0]);
        assert_eq!(order(&[&[8, 24], &[24, 8]], 2), [0, 1]);
        assert_eq!(order(&[&[8, 24], &[0, 8]], 2), [1, 0]);
        assert_eq!(order(&[&[8, 160, 40]], 3), [1, 2, 0]);
    }
}
