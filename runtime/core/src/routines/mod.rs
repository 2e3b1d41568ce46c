//! Whole-array routines: NumPy's functions that are no element-wise launch.
//!
//! Each may gather its operands (`Array::replicated`) and run on every rank alike.

pub mod gather;
pub mod rng;
