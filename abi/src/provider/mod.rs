//! Function tables of the providers: shared libraries that the runtime opens when needed.
//!
//! Each library exports `lnp_provider`, which returns a pointer to its table; the first field
//! of each table is [`PROVIDER_VERSION`], which both sides compare.

pub mod blas;
pub mod cuda;
pub mod mpi;
pub mod python;

/// Raised with every change of a table.
pub const PROVIDER_VERSION: u64 = 2;
