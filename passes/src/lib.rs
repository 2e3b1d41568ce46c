//! lnp-passes
