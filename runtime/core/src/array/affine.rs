//! Views as affine maps into the index space of their base.
//!
//! Offset and strides are all that a view keeps. Here its axes are found again: base index
//! `start[k] + Σ step[d] · i[d]` over the view axes `d` that run along base dimension `k`.

use super::Array;
use super::layout::{Dims, c_strides};
use crate::dist::Region;
use lnp_abi::MAX_NDIM;

/// Where the axes of a view run in its base.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AffineMap {
    /// Base indices of the view's first element.
    pub start: Dims,
    /// Base dimension of each view axis; `None`: the axis does not move (broadcast, or one element).
    pub dim: [Option<u8>; MAX_NDIM],
    /// Elements of that dimension per step of the axis.
    pub step: [i64; MAX_NDIM],
}

impl AffineMap {
    /// `None`: some axis runs along no single dimension (a diagonal, merged or split axes), or
    /// two run along one.
    pub fn of(array: &Array) -> Option<AffineMap> {
        let buffer = array.buffer();
        AffineMap::find(
            array.offset(),
            array.shape(),
            array.strides(),
            &buffer.base,
            buffer.dtype.size(),
        )
    }

    fn find(offset: i64, shape: &[i64], strides: &[i64], base: &Dims, size: usize) -> Option<AffineMap> {
        let steps = c_strides(base, size);
        let mut map = AffineMap {
            start: *base,
            dim: [None; MAX_NDIM],
            step: [0; MAX_NDIM],
        };
        let mut rest = offset / size as i64;
        if offset < 0 || offset % size as i64 != 0 || base.is_empty() {
            return None;
        }
        for k in (0..base.n()).rev() {
            map.start[k] = rest % base[k];
            rest /= base[k];
        }
        if rest != 0 {
            return None;
        }
        let mut taken = [false; MAX_NDIM];
        for d in 0..shape.len() {
            if shape[d] == 1 || strides[d] == 0 {
                continue;
            }
            // The outermost dimension whose stride divides the axis's.
            let k = (0..base.n()).find(|&k| base[k] > 1 && strides[d] % steps[k] == 0)?;
            let step = strides[d] / steps[k];
            let last = map.start[k] + step * (shape[d] - 1);
            if !(0..base[k]).contains(&last) || std::mem::replace(&mut taken[k], true) {
                return None;
            }
            map.dim[d] = Some(k as u8);
            map.step[d] = step;
        }
        Some(map)
    }

    /// The box around the base elements of a box of the view (`lo..hi` per view axis, not
    /// empty), and whether every element of it is met.
    pub fn image(&self, domain: &Region) -> (Region, bool) {
        let mut r = Region {
            lo: self.start,
            hi: self.start,
        };
        r.hi.iter_mut().for_each(|h| *h += 1);
        let mut dense = true;
        for d in 0..domain.lo.n() {
            let Some(k) = self.dim[d].map(usize::from) else {
                continue;
            };
            let first = self.start[k] + self.step[d] * domain.lo[d];
            let last = self.start[k] + self.step[d] * (domain.hi[d] - 1);
            r.lo[k] = first.min(last);
            r.hi[k] = first.max(last) + 1;
            dense &= self.step[d].abs() == 1 || first == last;
        }
        (r, dense)
    }

    /// The box of view indices whose base elements lie in a box of the base; `shape` is the
    /// view's.
    pub fn preimage(&self, region: &Region, shape: &[i64]) -> Region {
        let n = shape.len();
        let mut r = Region {
            lo: Dims::filled(n, 0),
            hi: Dims::new(shape),
        };
        let mut moved = [false; MAX_NDIM];
        for d in 0..n {
            let Some(k) = self.dim[d].map(usize::from) else {
                continue;
            };
            moved[k] = true;
            let (start, step) = (self.start[k], self.step[d]);
            // lo <= start + step·i < hi
            let (lo, hi) = if step > 0 {
                (
                    div_ceil(region.lo[k] - start, step),
                    div_ceil(region.hi[k] - start, step),
                )
            } else {
                (
                    div_ceil(start - region.hi[k] + 1, -step),
                    div_ceil(start - region.lo[k] + 1, -step),
                )
            };
            r.lo[d] = lo.clamp(0, shape[d]);
            r.hi[d] = hi.clamp(r.lo[d], shape[d]);
        }
        let inside =
            (0..self.start.n()).all(|k| moved[k] || (region.lo[k] <= self.start[k] && self.start[k] < region.hi[k]));
        if !inside || r.is_empty() {
            return Region::empty(n);
        }
        r
    }
}

fn div_ceil(a: i64, b: i64) -> i64 {
    a.div_euclid(b) + i64::from(a.rem_euclid(b) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every view of slices of a 4×6 base is found again, and images and preimages agree with
    /// counting.
    #[test]
    fn maps_agree_with_enumeration() {
        let base = Dims::new(&[4, 6]);
        let strides = [48i64, 8];
        let slices = |n: i64| {
            let mut all = Vec::new();
            for start in 0..n {
                for step in [-2i64, -1, 1, 2, 3] {
                    for len in 1..=n {
                        if (0..n).contains(&(start + step * (len - 1))) {
                            all.push((start, step, len));
                        }
                    }
                }
            }
            all
        };
        for (s0, t0, n0) in slices(4) {
            for (s1, t1, n1) in slices(6) {
                let offset = s0 * 48 + s1 * 8;
                let shape = [n0, n1];
                let map = AffineMap::find(offset, &shape, &[strides[0] * t0, strides[1] * t1], &base, 8).unwrap();
                assert_eq!(*map.start, [s0, s1]);
                let region = Region {
                    lo: Dims::new(&[1, 2]),
                    hi: Dims::new(&[3, 5]),
                };
                let pre = map.preimage(&region, &shape);
                for i in 0..n0 {
                    for j in 0..n1 {
                        let (b0, b1) = (s0 + t0 * i, s1 + t1 * j);
                        let inside = (1..3).contains(&b0) && (2..5).contains(&b1);
                        let found =
                            !pre.is_empty() && pre.lo[0] <= i && i < pre.hi[0] && pre.lo[1] <= j && j < pre.hi[1];
                        assert_eq!(inside, found);
                    }
                }
                let (image, _) = map.image(&Region {
                    lo: Dims::new(&[0, 0]),
                    hi: Dims::new(&shape),
                });
                assert_eq!(image.lo[0], s0.min(s0 + t0 * (n0 - 1)));
                assert_eq!(image.hi[1], s1.max(s1 + t1 * (n1 - 1)) + 1);
            }
        }
        // A diagonal and a merged axis are no boxes.
        assert_eq!(AffineMap::find(0, &[4], &[56], &base, 8), None);
        assert_eq!(AffineMap::find(0, &[24], &[8], &base, 8), None);
    }
}
