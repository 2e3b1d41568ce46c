//! lnp-codegen-cpu
