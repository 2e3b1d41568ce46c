//! lnp-runtime-cuda
