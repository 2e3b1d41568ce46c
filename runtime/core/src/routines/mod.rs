//! Whole-array routines: NumPy's functions that are no element-wise launch.
//!
//! Each may gather its operands (`Array::replicated`) and run on every rank alike.

pub mod files;
pub mod from_list;
pub mod gather;
pub mod join;
pub mod linalg;
pub mod order;
pub mod rng;
