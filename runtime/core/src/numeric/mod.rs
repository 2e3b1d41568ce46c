//! Reductions, scans and statistics over memory, in NumPy's exact order of operations.
//!
//! Everything here works on one process's bytes; [`pairwise_tree`], [`pieces`] and [`combine`]
//! are the parts from which tiles, threads and ranks put together the same sums.

mod arg;
mod element;
mod extreme;
mod layout;
mod pairwise;
mod reduce;
mod scan;
mod stats;

pub use arg::{arg_extreme, arg_extreme_axis};
pub use element::{Complex, StridedRef};
pub use extreme::{Ranked, extreme, extreme_of};
pub use pairwise::{
    LEAF_LEN, Piece, Summand, combine, pairwise_sum, pairwise_sum_c128, pairwise_sum_f32, pairwise_sum_f64,
    pairwise_tree, pieces, split,
};
pub use reduce::{ReduceOp, reduce, result_dtype};
pub use scan::accumulate;
pub use stats::{mean, mean_dtype, std, var, var_dtype};

#[cfg(test)]
mod tests;
