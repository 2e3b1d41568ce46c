//! The part of a blocked buffer that one storage holds: this rank's box, with margins.

use super::partition::{Partition, Region};
use super::world;
use crate::array::layout::{Dims, c_strides};

/// Halo widths around a block, per dimension; the same on every rank.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Margins {
    pub lo: [i64; lnp_abi::MAX_NDIM],
    pub hi: [i64; lnp_abi::MAX_NDIM],
}

impl Margins {
    pub const NONE: Margins = Margins {
        lo: [0; lnp_abi::MAX_NDIM],
        hi: [0; lnp_abi::MAX_NDIM],
    };

    /// Whether these are at least as wide as `other`.
    pub fn cover(&self, other: &Margins) -> bool {
        (0..lnp_abi::MAX_NDIM).all(|d| self.lo[d] >= other.lo[d] && self.hi[d] >= other.hi[d])
    }

    pub fn max(&self, other: &Margins) -> Margins {
        let mut m = *self;
        for d in 0..lnp_abi::MAX_NDIM {
            m.lo[d] = m.lo[d].max(other.lo[d]);
            m.hi[d] = m.hi[d].max(other.hi[d]);
        }
        m
    }

    /// A rank's box widened by these, inside the base. An empty box stays empty.
    pub fn around(&self, own: &Region, shape: &Dims) -> Region {
        let mut r = *own;
        if !own.is_empty() {
            for d in 0..shape.n() {
                r.lo[d] = (r.lo[d] - self.lo[d]).max(0);
                r.hi[d] = (r.hi[d] + self.hi[d]).min(shape[d]);
            }
        }
        r
    }
}

/// What a storage of a blocked buffer holds: the box `held` in C order, of which `own` is
/// this rank's block and the rest copies of neighbours' elements.
#[derive(Clone, Debug)]
pub struct Local {
    pub own: Region,
    pub held: Region,
    pub margins: Margins,
    /// The widths to which the margins hold what the owners hold.
    pub valid: Margins,
}

impl Local {
    pub fn new(part: &Partition, margins: &Margins) -> Local {
        let own = part.region(world::rank());
        Local {
            own,
            held: margins.around(&own, &part.shape),
            margins: *margins,
            valid: Margins::NONE,
        }
    }

    /// Extents of the memory.
    pub fn extents(&self) -> Dims {
        self.held.extents()
    }

    /// Elements of the memory.
    pub fn len(&self) -> usize {
        self.held.len()
    }

    /// Byte strides of the memory.
    pub fn strides(&self, size: usize) -> Dims {
        c_strides(&self.extents(), size)
    }

    /// The owners' elements changed.
    pub fn spoil_margins(&mut self) {
        self.valid = Margins::NONE;
    }
}
