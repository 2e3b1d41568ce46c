//! The geometry of a reduction: its domain, the order of axes in memory, what stays.

use crate::array::layout::Dims;
use crate::array::{Array, OwnedArray};
use lnp_abi::MAX_NDIM;

/// The domain of a reduction in memory order, and which of its axes go.
#[derive(Clone, Copy)]
pub struct Shape {
    /// The domain, axes as the program has them.
    pub domain: Dims,
    /// Axis at each place in memory, outermost first.
    pub order: [u8; MAX_NDIM],
    pub axes: i64,
    pub keepdims: bool,
}

impl Shape {
    pub fn is_reduced(&self, axis: usize) -> bool {
        self.axes >> axis & 1 != 0
    }

    /// The kept extents in memory order.
    pub fn kept(&self) -> Dims {
        let mut kept = Dims::EMPTY;
        for &axis in &self.order[..self.domain.n()] {
            if !self.is_reduced(axis as usize) {
                kept.push(self.domain[axis as usize]);
            }
        }
        kept
    }

    /// The result whose kept axes lie in `stored` in the order of [`Shape::kept`].
    pub fn result(&self, stored: &Array) -> OwnedArray {
        let mut shape = Dims::EMPTY;
        let mut strides = Dims::EMPTY;
        for axis in 0..self.domain.n() {
            if self.is_reduced(axis) {
                if self.keepdims {
                    shape.push(1);
                    strides.push(0);
                }
                continue;
            }
            let place = self.order[..self.domain.n()]
                .iter()
                .filter(|&&a| !self.is_reduced(a as usize))
                .position(|&a| a as usize == axis)
                .unwrap_or(0);
            shape.push(stored.shape()[place]);
            strides.push(stored.strides()[place]);
        }
        stored.view(stored.offset(), &shape, &strides)
    }

    /// The same with axes of one element innermost. They count for nothing in [`Shape::bands`],
    /// but as rows to be cut between ranks they would leave all to one rank, and a reduced one
    /// in front would hide that the rows are kept.
    pub fn units_last(&self) -> Shape {
        let mut settled = *self;
        let n = self.domain.n();
        settled.order[..n].sort_by_key(|&axis| self.domain[axis as usize] == 1);
        settled
    }

    /// Extents (outer, reduced, inner) when the reduced axes lie together in memory.
    pub fn bands(&self) -> Option<(usize, usize, usize)> {
        let (mut outer, mut reduced, mut inner) = (1, 1, 1);
        let mut place = 0;
        for &axis in &self.order[..self.domain.n()] {
            let n = self.domain[axis as usize] as usize;
            if n == 1 {
                continue;
            }
            let is_reduced = self.is_reduced(axis as usize);
            place = match (place, is_reduced) {
                (0, false) => 0,
                (0 | 1, true) => 1,
                (1 | 2, false) => 2,
                _ => return None,
            };
            *[&mut outer, &mut reduced, &mut inner][place] *= n;
        }
        Some((outer, reduced, inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first axis in memory is what ranks cut: where it is reduced nothing stands outside
    /// the reduced axes, where it is kept it is a factor of what does.
    #[test]
    fn the_first_axis_decides_the_bands() {
        let orders: [[u8; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for code in 0..64 {
            let domain = Dims::new(&[code & 3, code >> 2 & 3, code >> 4].map(|n: i64| n + 1));
            for axes in 0..8 {
                for first in orders {
                    let mut order = [0; MAX_NDIM];
                    order[..3].copy_from_slice(&first);
                    let shape = Shape {
                        domain,
                        order,
                        axes,
                        keepdims: false,
                    };
                    let settled = shape.units_last();
                    assert_eq!(shape.bands(), settled.bands());
                    let Some((outer, reduced, inner)) = settled.bands() else {
                        continue;
                    };
                    assert_eq!(outer * reduced * inner, domain.len());
                    let rows = settled.order[0] as usize;
                    if settled.is_reduced(rows) {
                        assert_eq!(outer, 1);
                    } else {
                        assert_eq!(outer % domain[rows] as usize, 0);
                    }
                }
            }
        }
    }
}
