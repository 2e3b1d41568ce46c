//! Partitions: boxes of a base array over an N-D grid of ranks.

use super::world::world;
use crate::array::layout::Dims;
use std::rc::Rc;

pub type PartitionRef = Rc<Partition>;

/// A box of base indices: `lo[d] <= i[d] < hi[d]`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Region {
    pub lo: Dims,
    pub hi: Dims,
}

impl Region {
    /// The box of a whole array.
    pub fn whole(shape: &Dims) -> Region {
        Region {
            lo: Dims::filled(shape.n(), 0),
            hi: *shape,
        }
    }

    /// An empty box.
    pub fn empty(ndim: usize) -> Region {
        Region {
            lo: Dims::filled(ndim, 0),
            hi: Dims::filled(ndim, 0),
        }
    }

    pub fn extents(&self) -> Dims {
        let mut e = self.hi;
        for d in 0..e.n() {
            e[d] = (e[d] - self.lo[d]).max(0);
        }
        e
    }

    pub fn len(&self) -> usize {
        self.extents().len()
    }

    pub fn is_empty(&self) -> bool {
        (0..self.lo.n()).any(|d| self.hi[d] <= self.lo[d])
    }

    pub fn intersect(&self, other: &Region) -> Region {
        let mut r = *self;
        for d in 0..r.lo.n() {
            r.lo[d] = r.lo[d].max(other.lo[d]);
            r.hi[d] = r.hi[d].min(other.hi[d]);
        }
        r
    }

    /// Whether all of `other` lies inside (an empty box lies in every box).
    pub fn contains(&self, other: &Region) -> bool {
        other.is_empty() || (0..self.lo.n()).all(|d| self.lo[d] <= other.lo[d] && other.hi[d] <= self.hi[d])
    }

    /// The smallest box around both.
    pub fn hull(&self, other: &Region) -> Region {
        if self.is_empty() {
            return *other;
        }
        if other.is_empty() {
            return *self;
        }
        let mut r = *self;
        for d in 0..r.lo.n() {
            r.lo[d] = r.lo[d].min(other.lo[d]);
            r.hi[d] = r.hi[d].max(other.hi[d]);
        }
        r
    }
}

/// How a base array is cut: along each dimension at `cuts[d]`, `grid[d]` blocks; the blocks in
/// C order belong to ranks 0, 1, …; ranks beyond the grid hold nothing.
#[derive(Clone, PartialEq, Debug)]
pub struct Partition {
    pub shape: Dims,
    pub grid: Dims,
    /// `grid[d] + 1` non-decreasing cuts from 0 to `shape[d]`.
    pub cuts: Vec<Vec<i64>>,
}

impl Partition {
    /// Equal blocks over `n_ranks` ranks: rows, unless there are too few of them.
    pub fn balanced(shape: &Dims, n_ranks: usize) -> Partition {
        let mut grid = Dims::filled(shape.n(), 1);
        let mut left = n_ranks as i64;
        for d in 0..shape.n() {
            // The largest factor of what is left that the extent can feed.
            let take = (1..=left)
                .rev()
                .find(|g| left % g == 0 && *g <= shape[d].max(1))
                .unwrap_or(1);
            grid[d] = take;
            left /= take;
        }
        let cuts = (0..shape.n())
            .map(|d| (0..=grid[d]).map(|k| shape[d] * k / grid[d]).collect())
            .collect();
        Partition {
            shape: *shape,
            grid,
            cuts,
        }
    }

    /// The box of a rank.
    pub fn region(&self, rank: usize) -> Region {
        let n = self.shape.n();
        if rank >= self.grid.len() {
            return Region::empty(n);
        }
        let mut rest = rank as i64;
        let mut r = Region::empty(n);
        for d in (0..n).rev() {
            let k = (rest % self.grid[d]) as usize;
            rest /= self.grid[d];
            r.lo[d] = self.cuts[d][k];
            r.hi[d] = self.cuts[d][k + 1];
        }
        r
    }

    /// The rank that holds a base element.
    pub fn owner(&self, index: &[i64]) -> usize {
        let mut rank = 0;
        for d in 0..self.shape.n() {
            // The last block that starts at or before the index and is not empty there.
            let k = self.cuts[d].partition_point(|&c| c <= index[d]) - 1;
            rank = rank * self.grid[d] as usize + k;
        }
        rank
    }

    /// Whether blocks are runs of whole rows, so that flat ranges are contiguous per rank.
    pub fn is_rows(&self) -> bool {
        self.grid.iter().skip(1).all(|&g| g == 1)
    }
}

/// The partition a new array of this shape gets; `None`: replicated.
pub fn partition_for(shape: &Dims) -> Option<PartitionRef> {
    let world = world();
    if world.size == 1 || shape.n() == 0 || shape.len() < world.threshold {
        return None;
    }
    Some(Rc::new(Partition::balanced(shape, world.size)))
}
