//! Whole-array routines: NumPy's functions that are no element-wise launch.
//!
//! Each may gather its operands (`Array::replicated`) and run on every rank alike.

mod files;
mod from_list;
pub mod gather;
mod join;
mod linalg;
mod order;
pub mod rng;
