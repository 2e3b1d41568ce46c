//! lnp-runtime-mpi
