//! NumPy's random numbers: `default_rng`, PCG64 and the methods of `Generator`.
//!
//! Bit generator and seeding are ours; the distributions are NumPy's own C functions, called
//! on our bits. Errors carry NumPy's texts.

mod choice;
mod dist;
mod generator;
mod pcg64;
mod seed;
mod sys;

pub use dist::{Continuous, Discrete};
pub use generator::{Generator, default_rng};
pub use pcg64::Pcg64;
pub use seed::SeedSequence;

#[cfg(test)]
mod tests;
