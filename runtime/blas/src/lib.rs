//! lnp-runtime-blas
