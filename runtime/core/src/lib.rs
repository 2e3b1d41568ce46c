//! lnp-runtime
